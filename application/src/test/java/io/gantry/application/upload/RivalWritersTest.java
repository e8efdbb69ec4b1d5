package io.gantry.application.upload;

import static io.gantry.application.repository.DataPlane.digestOf;
import static io.gantry.application.repository.DataPlane.failureOf;
import static io.gantry.application.upload.Uploads.body;
import static io.gantry.application.upload.Uploads.chunk;
import static io.gantry.application.upload.Uploads.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.repository.DataPlane;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError.RangeInvalid;
import io.gantry.domain.error.RegistryError.TransientState;
import io.gantry.domain.upload.UploadId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Two requests that write one session: the newer one wins, the older one spoils nothing. */
final class RivalWritersTest {
  private static final Digest HELLO = digestOf("hello");

  private final DataPlane plane = new DataPlane();
  private final Uploads uploads = new Uploads(plane);
  private final Uploads other = new Uploads(plane);
  private final UploadId id = uploads.start();

  @Test
  void newerChunkFencesTheOlderOneOff() {
    InputStream slow =
        during("old ", () -> assertThat(other.append(id, body("hello"))).isEqualTo(5));
    assertThat(failureOf(() -> uploads.append(id, streamed(slow))))
        .isInstanceOf(TransientState.class);
    assertThat(uploads.length(id)).isEqualTo(5);
    uploads.commit(id, HELLO, ChunkBody.empty());
    assertThat(uploads.pulled(HELLO)).isEqualTo("hello");
  }

  @Test
  void newerCommitFencesTheOlderChunkOff() {
    InputStream slow = during("old ", () -> other.commit(id, HELLO, body("hello")));
    assertThat(failureOf(() -> uploads.append(id, streamed(slow))))
        .isInstanceOf(TransientState.class);
    assertThat(uploads.pulled(HELLO)).isEqualTo("hello");
  }

  @Test
  void newerCommitFencesTheOlderOneOff() {
    InputStream slow = during("hello", () -> other.commit(id, HELLO, body("hello")));
    assertThat(failureOf(() -> uploads.commit(id, HELLO, streamed(slow))))
        .isInstanceOf(TransientState.class);
    assertThat(uploads.pulled(HELLO)).isEqualTo("hello");
  }

  @Test
  void misplacedChunkLeavesTheOneUnderWayAlone() {
    InputStream slow =
        during(
            "hello",
            () ->
                assertThat(failureOf(() -> other.append(id, chunk("x", 5, 5))))
                    .isEqualTo(new RangeInvalid(id.toString(), 0)));
    assertThat(uploads.append(id, streamed(slow))).isEqualTo(5);
  }

  @Test
  void cancelEndsTheOneUnderWay() {
    InputStream slow = during("hello", () -> other.cancel(id));
    assertThat(failureOf(() -> uploads.append(id, streamed(slow))))
        .isInstanceOf(TransientState.class);
    assertThat(plane.registry.uploads).isEmpty();
  }

  /** A body of which {@code text} comes first, and the rest after {@code meanwhile} has run. */
  private static InputStream during(String text, Runnable meanwhile) {
    InputStream pause =
        new InputStream() {
          @Override
          public int read() {
            meanwhile.run();
            return -1;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            return read();
          }
        };
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return new SequenceInputStream(new ByteArrayInputStream(bytes), pause);
  }
}
