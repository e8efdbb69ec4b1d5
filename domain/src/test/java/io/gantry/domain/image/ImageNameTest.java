package io.gantry.domain.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.gantry.domain.error.RegistryException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "0",
        "a/b",
        "a/b/c/d",
        "a.b",
        "a_b",
        "a__b",
        "a-b",
        "a----b",
        "a.b_c__d-e/f0"
      })
  void acceptsWhatTheGrammarAllows(String text) {
    assertThat(new ImageName(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", "a/", "/a", "a//b", "A", "a..b", "a___b", "a._b", "-a", "a-", ".a", "a.", "a b",
        "a\n", "a\u0000", "é", "a/../b", "a:b", "a@b", "a%2fb", "a\\b"
      })
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> new ImageName(text)).isInstanceOf(RegistryException.class);
  }

  @Test
  void refusesOneCharacterTooMany() {
    assertThat(new ImageName("a".repeat(ImageName.MAX_LENGTH)).value()).hasSize(200);
    assertThatThrownBy(() -> new ImageName("a".repeat(ImageName.MAX_LENGTH + 1)))
        .isInstanceOf(RegistryException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a-", "a_", "a/", "-", "--a"})
  void refusesWhatMakesPatternsBacktrackAtOnce(String part) {
    String hostile = part.repeat(ImageName.MAX_LENGTH / part.length() - 1) + "!";

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThatThrownBy(() -> new ImageName(hostile)).isInstanceOf(RegistryException.class));
  }
}
