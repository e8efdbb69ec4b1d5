package io.gantry.domain.image;

import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static io.gantry.domain.manifest.ManifestBuilder.anIndex;
import static io.gantry.domain.upload.Sessions.inImage;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.Usage;
import io.gantry.domain.upload.Upload;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How every {@link ImageRepository} removes what was deleted. */
public abstract class ImagePurgeContract extends ImageScene {

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void removesEverythingInPieces(int limit) {
    Namespace namespace = catalogue().addNamespace();
    ImageId image = catalogue().addImage(namespace, "app");
    Blob config = catalogue().addBlob(image, 1);
    Blob layer = catalogue().addBlob(image, 10);
    Manifest child = catalogue().push(image, aManifest().config(config).layers(layer).build());
    Manifest index =
        catalogue().push(image, anIndex().children(child, aManifest().build()).build(), "latest");
    Manifest signature = catalogue().push(image, aManifest().subject(index).build(), "signed");
    Upload upload = anUpload(image);
    ImageId other = catalogue().addImage(namespace, "other");
    catalogue().push(other, aManifest().layers(catalogue().addBlob(other, layer)).build(), "1");
    delete(image);

    int calls = 0;
    while (!catalogue().transaction(() -> images().purge(image, limit))) {
      assertThat(calls++).isLessThan(100);
    }

    assertThat(find(image)).isEmpty();
    assertThat(catalogue().transaction(() -> images().purge(image, limit))).isTrue();
    assertThat(catalogue().transaction(() -> catalogue().uploads().find(image, upload.id())))
        .isEmpty();
    assertThat(
            catalogue().transaction(() -> catalogue().manifests().find(image, signature.digest())))
        .isEmpty();
    assertThat(catalogue().transaction(() -> catalogue().links().find(image, layer.digest())))
        .isEmpty();
    assertThat(catalogue().namespace(namespace.id()).usage())
        .isEqualTo(new Usage(new ByteSize(10), 1));
    assertThat(catalogue().transaction(() -> catalogue().links().find(other, layer.digest())))
        .contains(layer);
  }

  @Test
  void keepsSizeAndCountUntilTheImageIsGone() {
    Namespace namespace = catalogue().addNamespace();
    ImageId image = catalogue().addImage(namespace, "app");
    catalogue().push(image, aManifest().layers(catalogue().addBlob(image, 10)).build(), "1");
    delete(image);

    assertThat(catalogue().transaction(() -> images().purge(image, 1))).isFalse();

    assertThat(catalogue().namespace(namespace.id()).usage())
        .isEqualTo(new Usage(new ByteSize(10), 1));
  }

  @Test
  void removesOneThatWasNeverPublished() {
    Namespace namespace = catalogue().addNamespace();
    ImageId image = catalogue().addImage(namespace, "app");
    catalogue().run(() -> images().deleteAll(namespace.id(), LATER));

    assertThat(anyIn(namespace)).isTrue();
    assertThat(catalogue().transaction(() -> images().purge(image, 10))).isTrue();
    assertThat(anyIn(namespace)).isFalse();
    assertThat(catalogue().namespace(namespace.id()).usage()).isEqualTo(Usage.NOTHING);
  }

  @Test
  void claimsWhatIsBeingDeletedUntilItIsGone() {
    ImageId image = catalogue().publishImage(catalogue().addNamespace(), "app");
    ImageId usable = catalogue().publishImage(catalogue().addNamespace(), "app");
    delete(image);

    int calls = 0;
    while (claimAndPurge()) assertThat(calls++).isLessThan(1000);

    assertThat(find(image)).isEmpty();
    assertThat(find(usable)).isPresent();
  }

  private boolean claimAndPurge() {
    return catalogue()
        .transaction(
            () -> {
              Optional<ImageId> claim = images().claimDeleting();
              claim.ifPresent(id -> images().purge(id, 1000));
              return claim.isPresent();
            });
  }

  private Upload anUpload(ImageId image) {
    Upload upload = inImage(image);
    catalogue().run(() -> catalogue().uploads().add(upload, Duration.ofHours(1)));
    return upload;
  }

  private boolean anyIn(Namespace namespace) {
    return catalogue().transaction(() -> images().anyIn(namespace.id()));
  }
}
