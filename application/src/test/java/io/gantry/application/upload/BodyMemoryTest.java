package io.gantry.application.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.upload.BodyMemory.Share;
import io.gantry.domain.blob.ByteSize;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BodyMemoryTest {
  private static final int KIB = 1024;

  private final BodyMemory memory = new BodyMemory(new ByteSize(3 * 1024L * KIB));

  @Test
  void givesFewBodiesLargeBuffers() {
    assertThat(memory.buffer()).isEqualTo(256 * KIB);
    var _ = enter(4);
    assertThat(memory.buffer()).isEqualTo(256 * KIB);
  }

  @Test
  void dividesAmongMany() {
    var _ = enter(16);
    assertThat(memory.buffer()).isEqualTo(64 * KIB);
  }

  @Test
  void neverGivesLessThanIsUseful() {
    var _ = enter(10_000);
    assertThat(memory.buffer()).isEqualTo(16 * KIB);
  }

  @Test
  void getsBackWhatABodyHadOnce() {
    List<Share> shares = enter(16);
    shares.getFirst().close();
    shares.forEach(Share::close);
    var _ = enter(4);
    assertThat(memory.buffer()).isEqualTo(256 * KIB);
  }

  private List<Share> enter(int bodies) {
    List<Share> shares = new ArrayList<>();
    for (int i = 0; i < bodies; i++) shares.add(memory.enter());
    return shares;
  }
}
