package io.gantry.domain.blob;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DigestAlgorithmTest {

  @ParameterizedTest
  @EnumSource
  void isFoundByItsIdentifier(DigestAlgorithm algorithm) {
    assertThat(DigestAlgorithm.find(algorithm.identifier())).contains(algorithm);
  }

  @ParameterizedTest
  @EnumSource
  void makesDigestsOfItsLength(DigestAlgorithm algorithm) {
    assertThat(algorithm.newMessageDigest().getDigestLength() * 2).isEqualTo(algorithm.hexLength());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha1", "md5", "SHA256", "sha-256", "blake3"})
  void doesNotKnowOthers(String identifier) {
    assertThat(DigestAlgorithm.find(identifier)).isEmpty();
  }
}
