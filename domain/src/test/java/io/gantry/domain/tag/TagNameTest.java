package io.gantry.domain.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TagNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"latest", "1", "_", "A", "v1.2.3-rc_4", "__", "a..b", "a--", "sha256-abc.sig"})
  void acceptsWhatTheGrammarAllows(String text) {
    assertThat(new TagName(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "-", ".a", "-a", "a b", "a/b", "a:b", "a@b", "a+b", "é", "a\n", "a\u0000", "*"
      })
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> new TagName(text)).isInstanceOf(RegistryException.class);
  }

  @Test
  void refusesTagLongerThan128Characters() {
    assertThat(new TagName("a".repeat(128)).value()).hasSize(128);
    assertThatThrownBy(() -> new TagName("a".repeat(129))).isInstanceOf(RegistryException.class);
    assertThatThrownBy(() -> new TagName("a".repeat(10_000_000)))
        .isInstanceOf(RegistryException.class);
  }

  @Test
  void referenceWithAColonIsADigest() {
    String digest = "sha256:" + "0".repeat(64);

    assertThat(Reference.parse(digest))
        .isEqualTo(new Reference.ByDigest(Digest.parse(digest)))
        .hasToString(digest);
    assertThat(Reference.parse("v1"))
        .isEqualTo(new Reference.ByTag(new TagName("v1")))
        .hasToString("v1");
    assertThatThrownBy(() -> Reference.parse("sha256:abc")).isInstanceOf(RegistryException.class);
  }
}
