package io.gantry.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RequestIdTest {
  @Test
  void isARandomUuidLikeNoOther() {
    assertThat(Stream.generate(RequestId::next).limit(1000))
        .doesNotHaveDuplicates()
        .allSatisfy(
            id -> {
              UUID uuid = UUID.fromString(id);
              assertThat(uuid.version()).isEqualTo(4);
              assertThat(uuid.variant()).isEqualTo(2);
              assertThat(uuid).hasToString(id);
            });
  }
}
