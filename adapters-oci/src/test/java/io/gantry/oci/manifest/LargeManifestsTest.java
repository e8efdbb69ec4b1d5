package io.gantry.oci.manifest;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.error.RegistryError.TooManyRequests;
import io.gantry.domain.error.RegistryException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LargeManifestsTest {

  @Test
  void refusesMoreThanThereArePlacesFor() {
    var large = new LargeManifests(2, Duration.ofMillis(1));
    try (var _ = large.enter();
        var _ = large.enter()) {
      assertThatThrownBy(large::enter)
          .isInstanceOfSatisfying(
              RegistryException.class,
              e -> assertThatNoException().isThrownBy(() -> TooManyRequests.class.cast(e.error())));
    }
    try (var _ = large.enter()) {
      assertThatNoException().isThrownBy(() -> large.enter().close());
    }
  }

  @Test
  void letsTheNextOneInWhenAPlaceComesFree() {
    var large = new LargeManifests(1, Duration.ofSeconds(20));
    var first = large.enter();
    var second = CompletableFuture.runAsync(() -> large.enter().close());
    first.close();
    assertThatNoException().isThrownBy(second::join);
  }
}
