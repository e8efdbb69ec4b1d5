package io.gantry.application.manifest;

import static io.gantry.application.repository.DataPlane.APP;
import static io.gantry.application.repository.DataPlane.LIMITS;
import static io.gantry.application.repository.DataPlane.REGION;
import static io.gantry.application.repository.DataPlane.digestOf;
import static io.gantry.application.repository.DataPlane.failureOf;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static io.gantry.domain.manifest.ManifestBuilder.anIndex;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.repository.DataPlane;
import io.gantry.domain.Catalogue;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError.ManifestInvalid;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.ReferencedContentMissing;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.manifest.InMemoryManifestGraph;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.ManifestBuilder;
import io.gantry.domain.manifest.Reachability;
import io.gantry.domain.manifest.Sparse;
import io.gantry.domain.manifest.StoredManifest;
import io.gantry.domain.namespace.Usage;
import io.gantry.domain.tag.InMemoryPushIntake;
import io.gantry.domain.tag.Reference;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PutManifestTest {
  private final DataPlane plane = new DataPlane();
  private final ImageId app = plane.addImage("app");
  private final Blob config = plane.addBlob(app, "{}");
  private final Blob five = plane.addBlob(app, "12345");
  private final Blob seven = plane.addBlob(app, "1234567");

  @Test
  void keepsTheBytesUnderDigestAndTag() {
    Manifest manifest = aManifest().config(config).layers(five).build();
    Digest digest = plane.push(manifest, "latest");
    StoredManifest stored = new StoredManifest(digest, manifest.mediaType(), manifest.bytes());
    assertThat(pull(Reference.parse("latest"))).isEqualTo(stored);
    assertThat(pull(new Reference.ByDigest(digest))).isEqualTo(stored);
  }

  @Test
  void publishesTheImageWithItsSize() {
    assertThat(plane.images.find(REGION, app)).isEmpty();
    plane.push(aManifest().config(config).layers(five, seven).build(), "latest");
    assertThat(plane.sizeOf(app)).isEqualTo(12);
    assertThat(plane.usage()).isEqualTo(new Usage(new ByteSize(12), 1));
    assertThat(image().tags()).containsExactly("latest");
  }

  @Test
  void publishesAnImageThatHasNoRowYet() {
    plane.putManifest.handle(
        plane.owner, REGION, RepositoryPath.parse("demo/empty"), anIndex().build(), Set.of());
    assertThat(plane.usage().imageCount()).isEqualTo(1);
  }

  @Test
  void countsALayerOfTwoTagsOnce() {
    plane.push(aManifest().layers(five, seven).build(), "one");
    plane.push(aManifest().layers(five).build(), "two");
    assertThat(plane.sizeOf(app)).isEqualTo(12);
    assertThat(plane.usage()).isEqualTo(new Usage(new ByteSize(12), 1));
  }

  @Test
  void countsNothingThatNoTagLeadsTo() {
    plane.push(aManifest().layers(five).build());
    assertThat(plane.sizeOf(app)).isZero();
  }

  @Test
  void countsChildrenAndReferrersOfATag() {
    Manifest child = aManifest().layers(five).build();
    plane.push(child);
    plane.push(anIndex().children(child).build(), "latest");
    assertThat(plane.sizeOf(app)).isEqualTo(5);
    plane.push(aManifest().layers(seven).subject(child).build());
    assertThat(plane.sizeOf(app)).isEqualTo(12);
  }

  @Test
  void countsAReferrerOnlyOnceItsSubjectIsTagged() {
    Manifest subject = aManifest().layers(five).build();
    plane.push(aManifest().layers(seven).subject(subject).build());
    plane.push(subject);
    assertThat(plane.sizeOf(app)).isZero();
    plane.push(subject, "latest");
    assertThat(plane.sizeOf(app)).isEqualTo(12);
  }

  @Test
  void movesATagAndKeepsItsId() {
    plane.push(aManifest().layers(five).build(), "latest");
    Tag before = tag("latest");
    plane.registry.clock.advance(Duration.ofSeconds(1));
    Digest moved = plane.push(aManifest().layers(seven).build(), "latest");
    assertThat(tag("latest"))
        .isEqualTo(
            new Tag(
                before.id(),
                app,
                before.name(),
                moved,
                before.createdAt(),
                plane.registry.clock.instant()));
    assertThat(plane.sizeOf(app)).isEqualTo(7);
    assertThat(plane.usage()).isEqualTo(new Usage(new ByteSize(7), 1));
  }

  @Test
  void pointsSeveralTagsAtOnce() {
    Manifest old = aManifest().layers(five).build();
    plane.push(old, "moved");
    Manifest manifest = aManifest().layers(seven).build();
    Set<TagName> names = Set.of(new TagName("moved"), new TagName("one"), new TagName("two"));
    plane.putManifest.handle(plane.owner, REGION, APP, manifest, names);
    for (TagName name : names) {
      assertThat(tag(name.value()).digest()).isEqualTo(manifest.digest());
    }
    assertThat(plane.sizeOf(app)).isEqualTo(7);
  }

  @Test
  void pointsNoTagAtAManifestThatIsRefused() {
    Blob elsewhere = plane.addBlob(plane.addImage("other"), "elsewhere");
    Manifest manifest = aManifest().layers(five, elsewhere).build();
    Set<TagName> names = Set.of(new TagName("one"), new TagName("two"));
    assertThat(failureOf(() -> plane.putManifest.handle(plane.owner, REGION, APP, manifest, names)))
        .isInstanceOf(ReferencedContentMissing.class);
    assertThat(plane.registry.tags).isEmpty();
  }

  @Test
  void movesATagBack() {
    Manifest first = aManifest().layers(five).build();
    plane.push(first, "latest");
    plane.push(aManifest().layers(seven).build(), "latest");
    plane.push(first, "latest");
    assertThat(plane.sizeOf(app)).isEqualTo(5);
  }

  @Test
  void givesTheSameAnswerToTheSamePush() {
    Manifest manifest = aManifest().layers(five).build();
    plane.push(manifest, "latest");
    plane.registry.clock.advance(Duration.ofSeconds(1));
    plane.push(manifest, "latest");
    assertThat(plane.sizeOf(app)).isEqualTo(5);
    assertThat(plane.usage()).isEqualTo(new Usage(new ByteSize(5), 1));
    assertThat(image().updatedAt()).isEqualTo(plane.registry.clock.instant());
    assertThat(plane.namespace(plane.demo).updatedAt()).isEqualTo(plane.registry.clock.instant());
  }

  @Test
  void refusesAManifestOfBlobsTheImageDoesNotHave() {
    Blob elsewhere = plane.addBlob(plane.addImage("other"), "elsewhere");
    assertThat(failureOf(() -> plane.push(aManifest().layers(five, elsewhere).build(), "latest")))
        .isEqualTo(new ReferencedContentMissing(List.of(elsewhere.digest().toString())));
    assertThat(plane.images.find(REGION, app)).isEmpty();
    assertThat(plane.registry.manifests).isEmpty();
    assertThat(plane.registry.tags).isEmpty();
  }

  @Test
  void acceptsAManifestOfBlobsTheImageDoesNotHaveIfThatIsConfigured() {
    Blob absent = ManifestBuilder.aBlob(9);
    Manifest manifest = aManifest().layers(five, absent).build();

    accepting(Catalogue.ALL_SPARSE)
        .handle(plane.owner, REGION, APP, manifest, Set.of(new TagName("latest")));

    assertThat(tag("latest").digest()).isEqualTo(manifest.digest());
    assertThat(plane.sizeOf(app)).isEqualTo(5);
  }

  @Test
  void refusesAWrongSizeAlsoOfASparseImage() {
    Manifest manifest = aManifest().layers(ManifestBuilder.aBlob(9)).layer(five, 6).build();
    PutManifest put = accepting(Catalogue.ALL_SPARSE);

    assertThat(
            failureOf(
                () -> put.handle(plane.owner, REGION, APP, manifest, Set.of(new TagName("v1")))))
        .isInstanceOf(ManifestInvalid.class);
  }

  @Test
  void refusesAnIndexOfManifestsTheImageDoesNotHaveIfThatIsConfigured() {
    Manifest absent = aManifest().build();
    Manifest index = anIndex().children(absent).build();
    PutManifest put = accepting(new Sparse(true, false));

    assertThat(
            failureOf(() -> put.handle(plane.owner, REGION, APP, index, Set.of(new TagName("v1")))))
        .isEqualTo(new ReferencedContentMissing(List.of(absent.digest().toString())));
  }

  private PutManifest accepting(Sparse accepted) {
    return new PutManifest(
        plane.repositories,
        plane.images,
        plane.manifests,
        plane.tags,
        new Reachability(new InMemoryManifestGraph(plane.registry)),
        new QuickPush(new InMemoryPushIntake(plane.registry), plane.unitOfWork),
        accepted,
        plane.unitOfWork,
        plane.registry.clock);
  }

  @Test
  void refusesAWrongSize() {
    assertThat(failureOf(() -> plane.push(aManifest().layer(five, 6).build(), "latest")))
        .isInstanceOf(ManifestInvalid.class);
  }

  @Test
  void takesForeignLayersSubjectsAndChildrenThatAreNotThere() {
    Manifest absent = aManifest().build();
    plane.push(aManifest().foreignLayer(digestOf("foreign"), 1000).build(), "foreign");
    plane.push(aManifest().layers(five).subject(absent).build(), "subject");
    plane.push(anIndex().children(absent).build(), "sparse");
    assertThat(plane.sizeOf(app)).isEqualTo(5);
  }

  @Test
  void takesAnIndexOfBlobs() {
    plane.push(anIndex().blobChild(five).build(), "cache");
    assertThat(plane.sizeOf(app)).isEqualTo(5);
  }

  @Test
  void keepsAllItsBlobsFromThenOn() {
    plane.push(aManifest().config(config).layers(five).build(), "latest");
    plane.registry.clock.advance(LIMITS.lease().multipliedBy(10));
    assertThat(plane.registry.isReferenced(app, five.digest())).isTrue();
    assertThat(plane.registry.isReferenced(app, config.digest())).isTrue();
  }

  @Test
  void findsNoImageThatIsBeingDeleted() {
    plane.push(aManifest().layers(five).build(), "latest");
    plane.unitOfWork.run(() -> plane.images.update(image().delete(plane.registry.clock.instant())));
    assertThat(failureOf(() -> pull(Reference.parse("latest")))).isInstanceOf(NotFound.class);
    plane.push(anIndex().build(), "latest");
    assertThat(plane.registry.images).hasSize(2);
  }

  private StoredManifest pull(Reference reference) {
    return plane.pullManifest.handle(plane.reader, REGION, APP, reference);
  }

  private Image image() {
    return plane.images.find(REGION, app).orElseThrow();
  }

  private Tag tag(String name) {
    return plane.tags.findByName(app, new TagName(name)).orElseThrow();
  }
}
