package io.gantry.domain.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UuidsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0c6b1f6e-6d0a-4d52-9a63-4a3d8a2f0001",
        "0C6B1F6E-6D0A-4D52-9A63-4A3D8A2F0001",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff"
      })
  void readsTheCanonicalFormInEitherCase(String text) {
    assertThat(Uuids.parse("id", text)).isEqualTo(UUID.fromString(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1-1-1-1-1",
        "0c6b1f6e6d0a4d529a634a3d8a2f0001",
        "{0c6b1f6e-6d0a-4d52-9a63-4a3d8a2f0001}",
        "0c6b1f6e-6d0a-4d52-9a63-4a3d8a2f0001\n",
        " 0c6b1f6e-6d0a-4d52-9a63-4a3d8a2f0001",
        "0c6b1f6e-6d0a-4d52-9a63-4a3d8a2f000",
        "0c6b1f6e-6d0a-4d52-9a63-4a3d8a2f00011",
        "0c6b1f6e-6d0a-4d52-9a634-a3d8a2f0001",
        "00c6b1f6e-6d0a-4d52-9a63-a3d8a2f0001",
        "0c6b1f6g-6d0a-4d52-9a63-4a3d8a2f0001",
        "+c6b1f6e-6d0a-4d52-9a63-4a3d8a2f0001",
        "0c6b1f6e-6d0a-4d52--a63-4a3d8a2f0001",
        "\u0660c6b1f6e-6d0a-4d52-9a63-4a3d8a2f0001",
        "\uff10c6b1f6e-6d0a-4d52-9a63-4a3d8a2f000\uff41"
      })
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> Uuids.parse("id", text))
        .isInstanceOf(RegistryException.class)
        .extracting(e -> ((RegistryException) e).error())
        .isInstanceOf(RegistryError.InvalidArgument.class);
  }
}
