package io.gantry.domain.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.blob.DigestAlgorithm;
import org.junit.jupiter.api.Test;

final class ManifestBytesTest {

  @Test
  void staysAsItWasMade() {
    byte[] given = {1, 2, 3};
    ManifestBytes bytes = new ManifestBytes(given);

    given[0] = 9;
    bytes.toArray()[1] = 9;

    assertThat(bytes.toArray()).containsExactly(1, 2, 3);
    assertThat(bytes)
        .isEqualTo(new ManifestBytes(new byte[] {1, 2, 3}))
        .hasSameHashCodeAs(new ManifestBytes(new byte[] {1, 2, 3}))
        .isNotEqualTo(new ManifestBytes(given));
  }

  @Test
  void hasTheDigestOfItsContent() {
    assertThat(new ManifestBytes(new byte[0]).digest(DigestAlgorithm.SHA256))
        .hasToString("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }
}
