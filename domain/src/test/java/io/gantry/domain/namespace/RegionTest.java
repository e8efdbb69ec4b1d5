package io.gantry.domain.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.error.RegistryException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegionTest {

  @ParameterizedTest
  @ValueSource(strings = {"fr-par", "nl-ams", "pl-waw", "it-mil", "xx-abcdefg"})
  void acceptsWhatTheGrammarAllows(String text) {
    assertThat(new Region(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fr",
        "fr-",
        "fr-pa",
        "fr-abcdefgh",
        "FR-PAR",
        "fr_par",
        "f-par",
        "fr-par\n",
        "fr-par-1"
      })
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> new Region(text)).isInstanceOf(RegistryException.class);
  }
}
