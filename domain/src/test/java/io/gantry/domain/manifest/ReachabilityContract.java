package io.gantry.domain.manifest;

import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static io.gantry.domain.manifest.ManifestBuilder.anIndex;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.Catalogue;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.Usage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The size rule of {@link Reachability}, over every {@link ManifestGraph}. */
public abstract class ReachabilityContract {
  private Namespace namespace;
  private ImageId image;

  protected abstract Catalogue catalogue();

  @BeforeEach
  void addImage() {
    namespace = catalogue().addNamespace();
    image = catalogue().addImage(namespace, "app");
  }

  @Test
  void untaggedManifestHasNoSize() {
    push(aManifest().layers(blob(10)).build());

    assertThat(size()).isZero();
  }

  @Test
  void configurationHasNoSize() {
    push("v1", aManifest().config(blob(1)).layers(blob(10)).build());

    assertThat(size()).isEqualTo(10);
  }

  @Test
  void secondTagOnTheSameManifestAddsNoSize() {
    Manifest manifest = push("v1", aManifest().layers(blob(10)).build());
    push("v2", manifest);

    catalogue().untag(image, "v1");
    assertThat(size()).isEqualTo(10);

    catalogue().untag(image, "v2");
    assertThat(size()).isZero();
  }

  @Test
  void sharedLayerCountsOnceInOneImageAndAgainInTheNext() {
    Blob shared = blob(100);
    push("v1", aManifest().layers(shared, blob(1)).build());
    push("v2", aManifest().layers(shared, blob(2)).build());
    ImageId other = catalogue().addImage(namespace, "other");
    var _ = catalogue().addBlob(other, shared);
    var _ = catalogue().push(other, aManifest().layers(shared).build(), "v1");

    assertThat(size()).isEqualTo(103);
    assertThat(catalogue().namespace(namespace.id()).usage())
        .isEqualTo(new Usage(new ByteSize(203), 2));
  }

  @Test
  void movedTagLeavesTheOldManifestWithoutSize() {
    Blob shared = blob(100);
    push("latest", aManifest().layers(shared, blob(1)).build());
    push("latest", aManifest().layers(shared, blob(20)).build());

    assertThat(size()).isEqualTo(120);
  }

  @Test
  void indexCountsItsChildren() {
    Manifest one = push(aManifest().layers(blob(1)).build());
    Manifest two = push(aManifest().layers(blob(2)).build());

    push("v1", anIndex().children(one, two).build());
    assertThat(size()).isEqualTo(3);

    catalogue().untag(image, "v1");
    assertThat(size()).isZero();
  }

  @Test
  void nestedIndexCountsAllTheWayDown() {
    Manifest leaf = push(aManifest().layers(blob(1)).build());
    Manifest inner = push(anIndex().children(leaf).build());
    push("v1", anIndex().children(inner).build());

    assertThat(size()).isEqualTo(1);
  }

  @Test
  void childThatArrivesAfterItsIndexCountsThen() {
    Manifest child = aManifest().layers(blob(7)).build();
    push("v1", anIndex().children(child).build());
    assertThat(size()).isZero();

    push(child);

    assertThat(size()).isEqualTo(7);
  }

  @Test
  void childOfTwoIndexesStaysUntilBothAreGone() {
    Manifest child = push(aManifest().layers(blob(7)).build());
    push("v1", anIndex().children(child).build());
    push("v2", anIndex().children(child).build());

    catalogue().untag(image, "v1");
    assertThat(size()).isEqualTo(7);

    catalogue().untag(image, "v2");
    assertThat(size()).isZero();
  }

  @Test
  void taggedChildStaysWithoutItsIndex() {
    Manifest child = push("child", aManifest().layers(blob(7)).build());
    push("v1", anIndex().children(child).build());

    catalogue().untag(image, "v1");

    assertThat(size()).isEqualTo(7);
  }

  @Test
  void referrerCountsWithItsSubject() {
    Manifest subject = push("v1", aManifest().layers(blob(100)).build());
    Manifest signature = push(aManifest().subject(subject).layers(blob(3)).build());
    push(aManifest().subject(signature).layers(blob(4)).build());
    assertThat(size()).isEqualTo(107);

    catalogue().untag(image, "v1");
    assertThat(size()).isZero();
  }

  @Test
  void referrerOfAChildCountsToo() {
    Manifest child = push(aManifest().layers(blob(100)).build());
    push(aManifest().subject(child).layers(blob(3)).build());

    push("v1", anIndex().children(child).build());

    assertThat(size()).isEqualTo(103);
  }

  @Test
  void referrerOfNothingCountsOnceItsSubjectArrives() {
    Manifest subject = aManifest().layers(blob(100)).build();
    push(aManifest().subject(subject).layers(blob(3)).build());
    assertThat(size()).isZero();

    push("v1", subject);

    assertThat(size()).isEqualTo(103);
  }

  @Test
  void taggedReferrerDoesNotCountItsSubject() {
    Manifest subject = push(aManifest().layers(blob(100)).build());

    push("signature", aManifest().subject(subject).layers(blob(3)).build());

    assertThat(size()).isEqualTo(3);
  }

  @Test
  void circleOfIndexAndSubjectGoesWithItsTag() {
    Manifest child = push(aManifest().layers(blob(5)).build());
    push("v1", anIndex().children(child).subject(child).build());
    assertThat(size()).isEqualTo(5);

    catalogue().untag(image, "v1");
    assertThat(size()).isZero();

    push("child", child);
    assertThat(size()).isEqualTo(5);
  }

  @Test
  void deletedManifestTakesWhatOnlyItHeldAlong() {
    Manifest child = push(aManifest().layers(blob(5)).build());
    Manifest other = push("other", aManifest().layers(blob(50)).build());
    Manifest index = push("v1", anIndex().children(child, other).build());

    catalogue().delete(image, index.digest());

    assertThat(size()).isEqualTo(50);
  }

  @Test
  void deletedChildLeavesItsIndexAndCountsAgainWhenItReturns() {
    Manifest child = push(aManifest().layers(blob(5)).build());
    push("v1", anIndex().children(child).build());

    catalogue().delete(image, child.digest());
    assertThat(size()).isZero();

    push(child);
    assertThat(size()).isEqualTo(5);
  }

  @Test
  void layerThatArrivesLaterCountsThen() {
    Blob absent = ManifestBuilder.aBlob(7);
    var _ = catalogue().pushSparse(image, aManifest().layers(blob(10), absent).build(), "v1");
    var _ = catalogue().pushSparse(image, aManifest().layers(absent).build(), "v2");
    assertThat(size()).isEqualTo(10);

    var _ = catalogue().addBlob(image, absent);
    var _ = catalogue().addBlob(image, absent);
    assertThat(size()).isEqualTo(17);
    assertThat(catalogue().namespace(namespace.id()).usage())
        .isEqualTo(new Usage(new ByteSize(17), 1));

    catalogue().untag(image, "v1");
    assertThat(size()).isEqualTo(7);
    catalogue().untag(image, "v2");
    assertThat(size()).isZero();
  }

  @Test
  void configurationThatArrivesLaterHasNoSize() {
    Blob absent = ManifestBuilder.aBlob(7);
    var _ = catalogue().pushSparse(image, aManifest().config(absent).build(), "v1");

    var _ = catalogue().addBlob(image, absent);

    assertThat(size()).isZero();
  }

  @Test
  void layerThatOnlyAnotherImageHasDoesNotCount() {
    Blob elsewhere = catalogue().addBlob(catalogue().addImage(), 100);

    var _ = catalogue().pushSparse(image, aManifest().layers(elsewhere).build(), "v1");

    assertThat(size()).isZero();
  }

  @Test
  void layerThatArrivesAfterItsManifestWasUntaggedDoesNotCount() {
    Blob absent = ManifestBuilder.aBlob(7);
    Manifest manifest = catalogue().pushSparse(image, aManifest().layers(absent).build(), "v1");
    catalogue().untag(image, "v1");

    var _ = catalogue().addBlob(image, absent);
    assertThat(size()).isZero();

    push("v2", manifest);
    assertThat(size()).isEqualTo(7);
  }

  /** Whatever the manifest says of it. */
  @Test
  void layerThatArrivesLaterCountsWithTheSizeItHas() {
    Blob absent = ManifestBuilder.aBlob(7);
    var _ = catalogue().pushSparse(image, aManifest().layer(absent, 1000).build(), "v1");

    var _ = catalogue().addBlob(image, absent);

    assertThat(size()).isEqualTo(7);
  }

  private Blob blob(long size) {
    return catalogue().addBlob(image, size);
  }

  private Manifest push(Manifest manifest) {
    return catalogue().push(image, manifest);
  }

  private Manifest push(String tag, Manifest manifest) {
    return catalogue().push(image, manifest, tag);
  }

  private long size() {
    return catalogue().sizeOf(image);
  }
}
