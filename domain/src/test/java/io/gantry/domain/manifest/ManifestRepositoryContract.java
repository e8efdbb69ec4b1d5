package io.gantry.domain.manifest;

import static io.gantry.domain.Catalogue.START;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static io.gantry.domain.manifest.ManifestBuilder.anIndex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.Catalogue;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.ManifestInvalid;
import io.gantry.domain.error.RegistryError.PreconditionFailed;
import io.gantry.domain.error.RegistryError.ReferencedContentMissing;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.ManifestGraph.Mark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link ManifestRepository} does. */
public abstract class ManifestRepositoryContract {

  protected abstract Catalogue catalogue();

  @Nested
  class Find {
    @Test
    void findsTheExactBytes() {
      ImageId image = catalogue().addImage();
      Manifest manifest = catalogue().push(image, aManifest().build(), "v1");

      StoredManifest stored =
          new StoredManifest(manifest.digest(), manifest.mediaType(), manifest.bytes());
      assertThat(find(image, manifest)).contains(stored);
    }

    @Test
    void findsNothingInAnotherImage() {
      Manifest manifest = catalogue().push(catalogue().addImage(), aManifest().build(), "v1");
      ImageId other = catalogue().addImage();

      assertThat(find(other, manifest)).isEmpty();
    }

    @Test
    void needsNoTransaction() {
      ImageId image = catalogue().addImage();
      Manifest manifest = catalogue().push(image, aManifest().build(), "v1");

      catalogue()
          .withoutTransaction(
              () -> {
                assertThat(manifests().find(image, manifest.digest())).isPresent();
              });
    }
  }

  @Nested
  class Add {
    @Test
    void addsOnce() {
      ImageId image = catalogue().addImage();
      Manifest manifest = aManifest().artifactType("application/x").build();

      assertThat(add(image, manifest)).isTrue();
      assertThat(add(image, manifest)).isFalse();
    }

    @Test
    void keepsTheBlobsItListsFromBeingUnlinked() {
      ImageId image = catalogue().addImage();
      Blob config = catalogue().addBlob(image, 1);
      Blob layer = catalogue().addBlob(image, 2);

      assertThat(add(image, aManifest().config(config).layers(layer, layer).build())).isTrue();

      assertFailure(PreconditionFailed.class, () -> unlink(image, config));
      assertFailure(PreconditionFailed.class, () -> unlink(image, layer));
    }

    @Test
    void acceptsABlobAsConfigurationAndLayerAtOnce() {
      ImageId image = catalogue().addImage();
      Blob both = catalogue().addBlob(image, 2);

      assertThat(add(image, aManifest().config(both).layers(both).build())).isTrue();
    }

    @Test
    void namesALayerThatIsNotLinked() {
      ImageId image = catalogue().addImage();
      Blob there = catalogue().addBlob(image, 1);
      Blob elsewhere = catalogue().addBlob(catalogue().addImage(), 1);
      Manifest manifest = aManifest().config(there).layers(there, elsewhere).build();

      RegistryError error =
          assertFailure(ReferencedContentMissing.class, () -> add(image, manifest));

      assertThat(error)
          .isEqualTo(new ReferencedContentMissing(List.of(elsewhere.digest().toString())));
      assertThat(find(image, manifest)).isEmpty();
    }

    @Test
    void namesAConfigurationThatIsNotLinked() {
      ImageId image = catalogue().addImage();
      Blob elsewhere = catalogue().addBlob(catalogue().addImage(), 1);

      assertThat(
              assertFailure(
                  ReferencedContentMissing.class,
                  () -> add(image, aManifest().config(elsewhere).build())))
          .isEqualTo(new ReferencedContentMissing(List.of(elsewhere.digest().toString())));
    }

    @Test
    void namesEverythingThatIsNotThere() {
      ImageId image = catalogue().addImage();
      Blob there = catalogue().addBlob(image, 1);
      Blob one = ManifestBuilder.aBlob(1);
      Blob two = ManifestBuilder.aBlob(2);

      assertThat(
              assertFailure(
                  ReferencedContentMissing.class,
                  () -> add(image, aManifest().config(one).layers(there, two, two).build())))
          .isEqualTo(
              new ReferencedContentMissing(
                  Stream.of(one, two).map(blob -> blob.digest().toString()).sorted().toList()));
    }

    @Test
    void waitsForBlobsIfItMay() {
      ImageId image = catalogue().addImage();
      Blob config = ManifestBuilder.aBlob(1);
      Blob layer = ManifestBuilder.aBlob(2);
      Manifest manifest = aManifest().config(config).layers(layer, layer).build();

      assertThat(addSparse(image, manifest)).isTrue();
      assertThat(find(image, manifest)).isPresent();
      assertThat(unlink(image, layer)).isFalse();

      var _ = catalogue().addBlob(image, config);
      var _ = catalogue().addBlob(image, layer);
      assertFailure(PreconditionFailed.class, () -> unlink(image, config));
      assertFailure(PreconditionFailed.class, () -> unlink(image, layer));
    }

    @Test
    void takesAMountedBlobThatItWaitedFor() {
      ImageId image = catalogue().addImage();
      ImageId source = catalogue().addImage();
      Blob layer = catalogue().addBlob(source, 2);
      assertThat(addSparse(image, aManifest().layers(layer).build())).isTrue();

      Duration lease = Duration.ofHours(1);
      assertThat(
              catalogue()
                  .transaction(
                      () -> catalogue().links().mount(image, source, layer.digest(), lease)))
          .isTrue();

      assertFailure(PreconditionFailed.class, () -> unlink(image, layer));
      assertThat(unlink(source, layer)).isTrue();
    }

    @Test
    void waitsForBlobsThatAnotherImageHas() {
      ImageId image = catalogue().addImage();
      ImageId other = catalogue().addImage();
      Blob layer = catalogue().addBlob(other, 2);

      assertThat(addSparse(image, aManifest().layers(layer).build())).isTrue();

      assertThat(unlink(other, layer)).isTrue();
    }

    @Test
    void letsABlobThatCameLaterGoWithTheManifest() {
      ImageId image = catalogue().addImage();
      Blob layer = ManifestBuilder.aBlob(2);
      Manifest manifest = aManifest().layers(layer).build();
      assertThat(addSparse(image, manifest)).isTrue();
      var _ = catalogue().addBlob(image, layer);

      assertThat(remove(image, manifest)).isTrue();

      assertThat(unlink(image, layer)).isTrue();
    }

    @Test
    void waitsForNothingOfAManifestThatIsRemoved() {
      ImageId image = catalogue().addImage();
      Blob layer = ManifestBuilder.aBlob(2);
      Manifest manifest = aManifest().layers(layer).build();
      assertThat(addSparse(image, manifest)).isTrue();

      assertThat(remove(image, manifest)).isTrue();

      var _ = catalogue().addBlob(image, layer);
      assertThat(unlink(image, layer)).isTrue();
    }

    @Test
    void namesTheChildrenOfAnIndexThatMustBeThere() {
      ImageId image = catalogue().addImage();
      Manifest there = catalogue().push(image, aManifest().build());
      Manifest absent = aManifest().build();
      Manifest index = anIndex().children(there, absent).build();

      assertThat(
              assertFailure(
                  ReferencedContentMissing.class, () -> add(image, index, new Sparse(true, false))))
          .isEqualTo(new ReferencedContentMissing(List.of(absent.digest().toString())));
    }

    @Test
    void refusesAWrongSize() {
      ImageId image = catalogue().addImage();
      Blob layer = catalogue().addBlob(image, 2);

      assertFailure(ManifestInvalid.class, () -> add(image, aManifest().layer(layer, 3).build()));
      assertFailure(
          ManifestInvalid.class,
          () -> add(image, aManifest().foreignLayer(layer.digest(), 3).build()));
    }

    @Test
    void acceptsAForeignLayerThatIsNotThere() {
      ImageId image = catalogue().addImage();
      Digest foreign = aManifest().build().digest();

      assertThat(add(image, aManifest().foreignLayer(foreign, 5).build())).isTrue();
    }

    @Test
    void holdsAForeignLayerThatIsThere() {
      ImageId image = catalogue().addImage();
      Blob layer = catalogue().addBlob(image, 2);

      assertThat(add(image, aManifest().foreignLayer(layer.digest(), 2).build())).isTrue();

      assertFailure(PreconditionFailed.class, () -> unlink(image, layer));
    }

    @Test
    void holdsABlobThatAnIndexLists() {
      ImageId image = catalogue().addImage();
      Blob blob = catalogue().addBlob(image, 2);

      assertThat(add(image, anIndex().blobChild(blob).build())).isTrue();

      assertFailure(PreconditionFailed.class, () -> unlink(image, blob));
    }

    @Test
    void acceptsAnIndexBeforeItsChildren() {
      ImageId image = catalogue().addImage();
      Manifest child = aManifest().build();
      Manifest index = anIndex().children(child, child).build();

      assertThat(add(image, index)).isTrue();
      assertThat(children(image, index)).isEmpty();
      assertThat(add(image, child)).isTrue();
      assertThat(children(image, index)).containsExactly(child.digest());
    }

    @Test
    void acceptsASubjectThatIsNotThere() {
      ImageId image = catalogue().addImage();

      assertThat(add(image, aManifest().subject(aManifest().build()).build())).isTrue();
    }

    @Test
    void keepsImagesApart() {
      ImageId image = catalogue().addImage();
      Manifest child = aManifest().build();
      Manifest index = anIndex().children(child).build();
      assertThat(add(image, index)).isTrue();

      assertThat(add(catalogue().addImage(), child)).isTrue();

      assertThat(children(image, index)).isEmpty();
    }
  }

  @Nested
  class Remove {
    @Test
    void tellsWhetherItWasThere() {
      ImageId image = catalogue().addImage();
      Manifest manifest = catalogue().push(image, aManifest().build());

      assertThat(remove(image, manifest)).isTrue();
      assertThat(remove(image, manifest)).isFalse();
      assertThat(find(image, manifest)).isEmpty();
    }

    @Test
    void letsItsBlobsGo() {
      ImageId image = catalogue().addImage();
      Blob layer = catalogue().addBlob(image, 2);
      Manifest manifest = catalogue().push(image, aManifest().config(layer).layers(layer).build());

      assertThat(remove(image, manifest)).isTrue();

      assertThat(unlink(image, layer)).isTrue();
    }

    @Test
    void leavesIndexesWaiting() {
      ImageId image = catalogue().addImage();
      Manifest child = catalogue().push(image, aManifest().build());
      Manifest index = catalogue().push(image, anIndex().children(child).build());

      assertThat(remove(image, child)).isTrue();
      assertThat(children(image, index)).isEmpty();
      assertThat(add(image, child)).isTrue();
      assertThat(children(image, index)).containsExactly(child.digest());
    }

    @Test
    void removesAnIndexAndKeepsItsChildren() {
      ImageId image = catalogue().addImage();
      Manifest child = catalogue().push(image, aManifest().build());
      Manifest index = catalogue().push(image, anIndex().children(child).build());

      assertThat(remove(image, index)).isTrue();

      assertThat(find(image, child)).isPresent();
    }
  }

  private ManifestRepository manifests() {
    return catalogue().manifests();
  }

  private Optional<StoredManifest> find(ImageId image, Manifest manifest) {
    return catalogue().transaction(() -> manifests().find(image, manifest.digest()));
  }

  private boolean add(ImageId image, Manifest manifest) {
    return catalogue()
        .transaction(() -> manifests().add(image, manifest, Catalogue.WHOLE_IMAGES, START));
  }

  private boolean addSparse(ImageId image, Manifest manifest) {
    return add(image, manifest, Catalogue.ALL_SPARSE);
  }

  private boolean add(ImageId image, Manifest manifest, Sparse accepted) {
    return catalogue()
        .transaction(
            () ->
                catalogue().images().lockForSparsePush(image)
                    && manifests().add(image, manifest, accepted, START));
  }

  private boolean remove(ImageId image, Manifest manifest) {
    return catalogue().transaction(() -> manifests().remove(image, manifest.digest()));
  }

  private boolean unlink(ImageId image, Blob blob) {
    return catalogue().transaction(() -> catalogue().links().remove(image, blob.digest()));
  }

  private Set<Digest> children(ImageId image, Manifest index) {
    return catalogue()
        .transaction(
            () -> catalogue().graph().successors(image, Set.of(index.digest()), Mark.UNREACHABLE));
  }

  private static <E extends RegistryError> E assertFailure(Class<E> kind, Runnable call) {
    RegistryException[] caught = new RegistryException[1];
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(RegistryException.class, e -> caught[0] = e);
    assertThat(caught[0].error()).isInstanceOf(kind);
    return kind.cast(caught[0].error());
  }
}
