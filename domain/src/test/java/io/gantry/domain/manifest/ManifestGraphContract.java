package io.gantry.domain.manifest;

import static io.gantry.domain.Catalogue.START;
import static io.gantry.domain.Catalogue.newTag;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static io.gantry.domain.manifest.ManifestBuilder.anIndex;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.Catalogue;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.ManifestGraph.Mark;
import io.gantry.domain.tag.TagName;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every {@link ManifestGraph} does. */
public abstract class ManifestGraphContract {

  protected abstract Catalogue catalogue();

  @Test
  void marksAndUnmarks() {
    ImageId image = catalogue().addImage();
    Manifest one = add(image, aManifest().build());
    Manifest two = add(image, aManifest().build());
    assertThat(reachable(image, one, two)).isEmpty();

    var _ = mark(image, one);
    assertThat(reachable(image, one, two)).isEqualTo(digests(one));

    var _ = unmark(image, one);
    assertThat(reachable(image, one, two)).isEmpty();
  }

  @Test
  void knowsNothingOfManifestsThatAreNotThere() {
    ImageId image = catalogue().addImage();
    Manifest absent = aManifest().build();

    assertThat(mark(image, absent)).isZero();
    assertThat(reachable(image, absent)).isEmpty();
    assertThat(held(image, absent)).isEmpty();
    assertThat(successors(image, Mark.UNREACHABLE, absent)).isEmpty();
  }

  @Test
  void acceptsNoManifestsAtAll() {
    ImageId image = catalogue().addImage();

    assertThat(reachable(image)).isEmpty();
    assertThat(successors(image, Mark.REACHABLE)).isEmpty();
    assertThat(held(image)).isEmpty();
    assertThat(mark(image)).isZero();
    assertThat(unmark(image)).isZero();
  }

  @Test
  void leadsToChildrenAndReferrers() {
    ImageId image = catalogue().addImage();
    Manifest child = add(image, aManifest().build());
    Manifest index = add(image, anIndex().children(child).build());
    Manifest referrer = add(image, aManifest().subject(index).build());
    var _ = add(image, aManifest().subject(child).build());
    var _ = mark(image, referrer);

    assertThat(successors(image, Mark.UNREACHABLE, index)).isEqualTo(digests(child));
    assertThat(successors(image, Mark.REACHABLE, index)).isEqualTo(digests(referrer));
  }

  @Test
  void leadsFromSeveralToOneOnce() {
    ImageId image = catalogue().addImage();
    Manifest child = add(image, aManifest().build());
    Manifest one = add(image, anIndex().children(child).build());
    Manifest two = add(image, anIndex().children(child).build());

    assertThat(successors(image, Mark.UNREACHABLE, one, two)).isEqualTo(digests(child));
  }

  @Test
  void isHeldByATag() {
    ImageId image = catalogue().addImage();
    Manifest manifest = add(image, aManifest().build());
    assertThat(held(image, manifest)).isEmpty();

    catalogue()
        .run(
            () ->
                catalogue()
                    .tags()
                    .put(image, new TagName("v1"), manifest.digest(), newTag(), START));

    assertThat(held(image, manifest)).isEqualTo(digests(manifest));
  }

  @Test
  void isHeldByAReachableIndexOutsideTheGroup() {
    ImageId image = catalogue().addImage();
    Manifest child = add(image, aManifest().build());
    Manifest index = add(image, anIndex().children(child).build());
    assertThat(held(image, child)).isEmpty();

    var _ = mark(image, index);

    assertThat(held(image, child)).isEqualTo(digests(child));
    assertThat(held(image, child, index)).isEmpty();
  }

  @Test
  void isHeldByAReachableSubjectOutsideTheGroup() {
    ImageId image = catalogue().addImage();
    Manifest subject = add(image, aManifest().build());
    Manifest referrer = add(image, aManifest().subject(subject).build());
    assertThat(held(image, referrer)).isEmpty();

    var _ = mark(image, subject);

    assertThat(held(image, referrer)).isEqualTo(digests(referrer));
    assertThat(held(image, referrer, subject)).isEmpty();
  }

  @Test
  void countsEachLayerWithTheFirstManifestAndTheLast() {
    ImageId image = catalogue().addImage();
    Blob shared = catalogue().addBlob(image, 100);
    Blob own = catalogue().addBlob(image, 10);
    Blob config = catalogue().addBlob(image, 1);
    Manifest one = add(image, aManifest().config(config).layers(shared, shared).build());
    Manifest two = add(image, aManifest().config(config).layers(shared, own).build());

    assertThat(mark(image, one)).isEqualTo(100);
    assertThat(mark(image, two)).isEqualTo(10);
    assertThat(unmark(image, one)).isZero();
    assertThat(unmark(image, two)).isEqualTo(110);
    assertThat(mark(image, one, two)).isEqualTo(110);
    assertThat(unmark(image, one, two)).isEqualTo(110);
  }

  @Test
  void countsABlobThatAnIndexLists() {
    ImageId image = catalogue().addImage();
    Blob blob = catalogue().addBlob(image, 100);
    Manifest index = add(image, anIndex().blobChild(blob).build());

    assertThat(mark(image, index)).isEqualTo(100);
  }

  @Test
  void countsALayerOnceInEachImage() {
    ImageId one = catalogue().addImage();
    ImageId two = catalogue().addImage();
    Blob layer = catalogue().addBlob(one, 100);
    Manifest manifest = aManifest().layers(layer).build();
    var _ = catalogue().addBlob(two, layer);
    var _ = add(one, manifest);
    var _ = add(two, manifest);

    assertThat(mark(one, manifest)).isEqualTo(100);
    assertThat(mark(two, manifest)).isEqualTo(100);
  }

  private Manifest add(ImageId image, Manifest manifest) {
    assertThat(
            inTransaction(
                () -> catalogue().manifests().add(image, manifest, Catalogue.WHOLE_IMAGES, START)))
        .isTrue();
    return manifest;
  }

  private Set<Digest> reachable(ImageId image, Manifest... manifests) {
    return inTransaction(() -> catalogue().graph().reachable(image, digests(manifests)));
  }

  private Set<Digest> successors(ImageId image, Mark mark, Manifest... manifests) {
    return inTransaction(() -> catalogue().graph().successors(image, digests(manifests), mark));
  }

  private Set<Digest> held(ImageId image, Manifest... group) {
    return inTransaction(() -> catalogue().graph().heldFromOutside(image, digests(group)));
  }

  private long mark(ImageId image, Manifest... manifests) {
    return inTransaction(() -> catalogue().graph().markReachable(image, digests(manifests)));
  }

  private long unmark(ImageId image, Manifest... manifests) {
    return inTransaction(() -> catalogue().graph().markUnreachable(image, digests(manifests)));
  }

  private <T> T inTransaction(Supplier<T> work) {
    return catalogue().transaction(work);
  }

  private static Set<Digest> digests(Manifest... manifests) {
    return Arrays.stream(manifests).map(Manifest::digest).collect(Collectors.toSet());
  }
}
