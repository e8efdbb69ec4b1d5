package io.gantry.domain.tag;

import static io.gantry.domain.manifest.ManifestBuilder.aBlob;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static io.gantry.domain.manifest.ManifestBuilder.anIndex;
import static io.gantry.domain.tag.SimplePush.isSimple;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.ManifestBytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SimplePushTest {

  @Test
  void isOfConfigurationAndLayers() {
    assertThat(isSimple(aManifest().config(aBlob(1)).layers(aBlob(2), aBlob(3)).build())).isTrue();
  }

  @Test
  void hasNeitherChildrenNorSubjectNorForeignLayers() {
    Manifest other = aManifest().build();
    assertThat(isSimple(anIndex().children(other).build())).isFalse();
    assertThat(isSimple(anIndex().blobChild(aBlob(1)).build())).isFalse();
    assertThat(isSimple(aManifest().subject(other).build())).isFalse();
    assertThat(isSimple(aManifest().foreignLayer(other.digest(), 1).build())).isFalse();
  }

  @Test
  void hasAtMost64KiB() {
    assertThat(isSimple(ofLength(64 * 1024))).isTrue();
    assertThat(isSimple(ofLength(64 * 1024 + 1))).isFalse();
  }

  @Test
  void isMadeOfNothingElse() {
    Manifest index = anIndex().children(aManifest().build()).build();
    ImageId image = new ImageId(UUID.randomUUID());
    TagId id = new TagId(UUID.randomUUID());
    assertThatThrownBy(() -> new SimplePush(image, index, new TagName("v1"), id, Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Manifest ofLength(int length) {
    Manifest model = aManifest().build();
    return new Manifest(
        model.digest(),
        model.mediaType(),
        new ManifestBytes(new byte[length]),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
