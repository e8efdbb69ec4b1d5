package io.gantry.application.upload;

import static io.gantry.application.repository.DataPlane.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.gantry.application.upload.UploadSlots.Slot;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Keys;
import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.error.RegistryError.TooManyRequests;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class UploadSlotsTest {
  private final UploadSlots slots = new UploadSlots(2);
  private final Caller one = caller("SCWAAAAAAAAAAAAAAAAA");

  @Test
  void refusesMoreThanTheLimit() {
    var _ = slots.acquire(one);
    var _ = slots.acquire(one);
    assertThat(failureOf(() -> slots.acquire(one)))
        .isEqualTo(new TooManyRequests(Duration.ofSeconds(2)));
  }

  @Test
  void givesAPlaceBackWhenItIsClosed() {
    for (int i = 0; i < 5; i++) {
      try (Slot _ = slots.acquire(one);
          Slot _ = slots.acquire(one)) {
        assertThat(failureOf(() -> slots.acquire(one))).isInstanceOf(TooManyRequests.class);
      }
    }
  }

  @Test
  void countsEachPrincipalByItself() {
    var _ = slots.acquire(one);
    var _ = slots.acquire(one);
    assertThatNoException()
        .isThrownBy(
            () -> {
              var _ = slots.acquire(caller("SCWBBBBBBBBBBBBBBBBB"));
              var _ = slots.acquire(Caller.ANONYMOUS);
            });
  }

  private static Caller caller(String accessKey) {
    return Caller.of(new KeyHolder(Keys.aKey(accessKey, Keys.aProject())));
  }
}
