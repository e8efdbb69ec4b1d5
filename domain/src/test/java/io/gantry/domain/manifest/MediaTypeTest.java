package io.gantry.domain.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.error.RegistryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MediaTypeTest {

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "application/vnd.oci.image.manifest.v1+json", "x-a/y.z-1_2^3"})
  void acceptsWhatTheGrammarAllows(String text) {
    assertThat(new MediaType(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "/", "a/", "/b", "a/b/c", "a b/c", "*/*", "a/b;q=1", "a/b\n", "é/b"})
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> new MediaType(text)).isInstanceOf(RegistryException.class);
  }

  @Test
  void refusesNamesLongerThan127Characters() {
    String longest = "a".repeat(127);

    assertThat(new MediaType(longest + "/" + longest).value()).hasSize(255);
    assertThatThrownBy(() -> new MediaType(longest + "a/b")).isInstanceOf(RegistryException.class);
    assertThatThrownBy(() -> new MediaType("a/a" + longest)).isInstanceOf(RegistryException.class);
  }

  @ParameterizedTest
  @CsvSource({"a/b", "'a/b; charset=utf-8'", "' a/b ;x'", "a/b;"})
  void leavesParametersAway(String contentType) {
    assertThat(MediaType.parseContentType(contentType)).isEqualTo(new MediaType("a/b"));
  }
}
