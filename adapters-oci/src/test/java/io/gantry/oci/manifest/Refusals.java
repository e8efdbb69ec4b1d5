package io.gantry.oci.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.domain.error.RegistryError.ManifestInvalid;
import io.gantry.domain.error.RegistryException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a reader says to documents it does not take. */
final class Refusals {
  private Refusals() {}

  /** The help that {@code reading} is refused with. */
  static String of(ThrowingCallable reading) {
    RegistryException refusal = catchThrowableOfType(RegistryException.class, reading);
    assertThat(refusal).isNotNull();
    assertThat(refusal.error()).isInstanceOf(ManifestInvalid.class);
    return refusal.error().message();
  }
}
