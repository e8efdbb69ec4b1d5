package io.gantry.domain.blob;

import static io.gantry.domain.blob.DigestAlgorithm.SHA256;
import static io.gantry.domain.blob.DigestAlgorithm.SHA512;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.gantry.domain.error.ArgumentReason;
import io.gantry.domain.error.RegistryError.InvalidArgument;
import io.gantry.domain.error.RegistryException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DigestTest {
  private static final String HEX_OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @Test
  void readsWhatItWrites() {
    String text = "sha256:" + HEX_OF_NOTHING;

    assertThat(Digest.parse(text)).isEqualTo(new Digest(SHA256, HEX_OF_NOTHING));
    assertThat(Digest.parse(text).toString()).isEqualTo(text);
  }

  @Test
  void readsSha512() {
    assertThat(Digest.parse("sha512:" + "0".repeat(128)).algorithm()).isEqualTo(SHA512);
  }

  @Test
  void knowsTheDigestOfNoBytes() {
    assertThat(Digest.of(SHA256, new byte[0]).hex()).isEqualTo(HEX_OF_NOTHING);
  }

  @Test
  void finishesADigestThatWasFedInParts() {
    MessageDigest digest = SHA512.newMessageDigest();
    digest.update("con".getBytes(StandardCharsets.UTF_8));
    digest.update("tent".getBytes(StandardCharsets.UTF_8));

    assertThat(Digest.finish(SHA512, digest))
        .isEqualTo(Digest.of(SHA512, "content".getBytes(StandardCharsets.UTF_8)));
  }

  static Stream<String> malformed() {
    return Stream.of(
        "",
        ":",
        "sha256",
        "sha256:",
        HEX_OF_NOTHING,
        "sha256:" + HEX_OF_NOTHING.substring(1),
        "sha256:" + HEX_OF_NOTHING + "0",
        "sha256:" + HEX_OF_NOTHING.toUpperCase(Locale.ROOT),
        "sha256:" + "g".repeat(64),
        "sha256:" + "٠".repeat(64),
        "sha256:" + " " + HEX_OF_NOTHING.substring(1),
        "SHA256:" + HEX_OF_NOTHING,
        "sha512:" + HEX_OF_NOTHING,
        "md5:" + "0".repeat(32),
        "sha256:../../../../etc/passwd",
        "sha256:" + "0".repeat(1_000_000));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatIsNotADigest(String text) {
    assertThatThrownBy(() -> Digest.parse(text))
        .asInstanceOf(type(RegistryException.class))
        .extracting(RegistryException::error)
        .asInstanceOf(type(InvalidArgument.class))
        .satisfies(
            error -> {
              assertThat(error.argument()).isEqualTo("digest");
              assertThat(error.reason()).isEqualTo(ArgumentReason.FORMAT);
            });
  }
}
