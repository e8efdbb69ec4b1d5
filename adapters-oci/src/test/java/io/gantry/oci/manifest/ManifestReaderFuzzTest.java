package io.gantry.oci.manifest;

import static io.gantry.oci.manifest.Documents.OCI_CONFIG;
import static io.gantry.oci.manifest.Documents.OCI_LAYER;
import static io.gantry.oci.manifest.Documents.OCI_MANIFEST;
import static io.gantry.oci.manifest.Documents.describe;
import static io.gantry.oci.manifest.Documents.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.manifest.ManifestBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, they are a manifest or refused as none. */
final class ManifestReaderFuzzTest {
  private static final byte[] VALID =
      image(
              "\"subject\":" + describe(OCI_MANIFEST, "x") + ",\"annotations\":{\"a\":\"ü\"},",
              describe(OCI_CONFIG, "{}"),
              describe(OCI_LAYER, "layer"))
          .getBytes(StandardCharsets.UTF_8);

  private final ManifestReader reader = new ManifestReader();

  @Test
  void survivesEveryCut() {
    for (int length = 0; length < VALID.length; length++) {
      assertThat(isTaken(Arrays.copyOf(VALID, length))).isFalse();
    }
    assertThat(isTaken(VALID)).isTrue();
  }

  @Test
  void survivesChangedBytes() {
    Random random = new Random(4);
    String interesting = "{}[]\",:\\0-9enu\0";
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = VALID.clone();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] =
            random.nextBoolean()
                ? (byte) random.nextInt(256)
                : (byte) interesting.charAt(random.nextInt(interesting.length()));
      }
      var _ = isTaken(bytes);
    }
  }

  @Test
  void survivesRandomBytes() {
    Random random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      if (bytes.length > 4 && random.nextBoolean()) bytes[random.nextInt(4)] = '{';
      if (bytes.length > 4 && random.nextBoolean())
        Arrays.fill(bytes, 0, random.nextInt(4), (byte) 0);
      assertThat(isTaken(bytes)).isFalse();
    }
  }

  private boolean isTaken(byte[] document) {
    ManifestBytes bytes = new ManifestBytes(document);
    try {
      var _ = reader.read(bytes.digest(DigestAlgorithm.SHA256), bytes, Optional.of(OCI_MANIFEST));
      return true;
    } catch (RegistryException _) {
      return false;
    }
  }
}
