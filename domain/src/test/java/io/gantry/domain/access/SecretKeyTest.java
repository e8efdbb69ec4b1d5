package io.gantry.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.error.RegistryException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretKeyTest {
  private static final String TEXT = "6170692d-7363-616c-6577-61792e636f6d";

  @Test
  void showsItselfOnlyWhenAsked() {
    SecretKey key = SecretKey.parse(TEXT);

    assertThat(key.reveal()).isEqualTo(TEXT);
    assertThat(key.toString()).doesNotContain(TEXT);
    assertThat(key.hash().toString()).doesNotContain(key.hash().hex());
  }

  @Test
  void hashesToTheSha256OfItsText() {
    assertThat(SecretKey.parse(TEXT).hash().hex()).matches("[0-9a-f]{64}").doesNotContain(TEXT);
  }

  @Test
  void matchesItsOwnHashOnly() {
    SecretHash hash = SecretKey.parse(TEXT).hash();

    assertThat(SecretKey.parse(TEXT).hash().matches(hash)).isTrue();
    assertThat(SecretKey.of(UUID.randomUUID()).hash().matches(hash)).isFalse();
  }

  @Test
  void isTheSameInUpperCase() {
    assertThat(SecretKey.parse("6170692D-7363-616C-6577-61792E636F6D").hash())
        .isEqualTo(SecretKey.parse(TEXT).hash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2-hunter2", "6170692d-7363-616c-6577-61792e636f6"})
  void refusesOtherTextWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> SecretKey.parse(text))
        .isInstanceOf(RegistryException.class)
        .hasMessageNotContaining(text);
  }

  @Test
  void refusesNoText() {
    assertThatThrownBy(() -> SecretKey.parse("")).isInstanceOf(RegistryException.class);
  }
}
