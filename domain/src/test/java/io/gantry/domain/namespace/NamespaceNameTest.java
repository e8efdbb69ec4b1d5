package io.gantry.domain.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.gantry.domain.error.ArgumentReason;
import io.gantry.domain.error.RegistryError.InvalidArgument;
import io.gantry.domain.error.RegistryException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamespaceNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "0000",
        "a--b",
        "a-1-b",
        "01234567890123456789012345678901234567890123456789"
      })
  void acceptsWhatTheGrammarAllows(String text) {
    assertThat(new NamespaceName(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "'', REQUIRED",
    "abc, CONSTRAINT",
    "012345678901234567890123456789012345678901234567890, CONSTRAINT",
    "-abc, FORMAT",
    "abc-, FORMAT",
    "Demo, FORMAT",
    "de_mo, FORMAT",
    "de.mo, FORMAT",
    "de/mo, FORMAT",
    "de mo, FORMAT",
    "'demo\n', FORMAT",
    "démo, FORMAT",
    "'dem\u0000', FORMAT",
    "../.., FORMAT"
  })
  void refusesAnythingElseAndSaysWhy(String text, ArgumentReason reason) {
    assertThatThrownBy(() -> new NamespaceName(text))
        .isInstanceOfSatisfying(
            RegistryException.class,
            e ->
                assertThat(e.error())
                    .isInstanceOfSatisfying(
                        InvalidArgument.class,
                        error -> {
                          assertThat(error.argument()).isEqualTo("name");
                          assertThat(error.reason()).isEqualTo(reason);
                        }));
  }

  @ParameterizedTest
  @CsvSource({"scwx, true", "scw-demo, true", "demo-scw, false", "sc-w, false"})
  void knowsTheOperatorsNames(String text, boolean reserved) {
    assertThat(new NamespaceName(text).isReserved()).isEqualTo(reserved);
  }

  @Test
  void refusesAHugeNameAtOnce() {
    String huge = "a-".repeat(5_000_000);

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThatThrownBy(() -> new NamespaceName(huge))
                .isInstanceOf(RegistryException.class));
  }
}
