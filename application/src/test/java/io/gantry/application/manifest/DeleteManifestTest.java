package io.gantry.application.manifest;

import static io.gantry.application.repository.DataPlane.APP;
import static io.gantry.application.repository.DataPlane.REGION;
import static io.gantry.application.repository.DataPlane.failureOf;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static io.gantry.domain.manifest.ManifestBuilder.anIndex;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.repository.DataPlane;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.namespace.Usage;
import io.gantry.domain.tag.Reference;
import io.gantry.domain.tag.Reference.ByDigest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeleteManifestTest {
  private final DataPlane plane = new DataPlane();
  private final ImageId app = plane.addImage("app");
  private final Blob five = plane.addBlob(app, "12345");
  private final Blob seven = plane.addBlob(app, "1234567");
  private final Manifest manifest = aManifest().layers(five).build();

  @Test
  void takesATagAlone() {
    plane.push(manifest, "one");
    plane.push(manifest, "two");
    delete(Reference.parse("one"));
    requireAbsent(Reference.parse("one"));
    requirePresent(Reference.parse("two"));
    requirePresent(new ByDigest(manifest.digest()));
    assertThat(plane.sizeOf(app)).isEqualTo(5);
  }

  @Test
  void takesTheSizeOffWithTheLastTag() {
    plane.push(manifest, "one");
    plane.registry.clock.advance(Duration.ofSeconds(1));
    delete(Reference.parse("one"));
    requirePresent(new ByDigest(manifest.digest()));
    assertThat(plane.usage()).isEqualTo(new Usage(ByteSize.ZERO, 1));
    assertThat(plane.namespace(plane.demo).updatedAt()).isEqualTo(plane.registry.clock.instant());
  }

  @Test
  void takesAManifestWithEveryTagOfIt() {
    plane.push(manifest, "one");
    plane.push(manifest, "two");
    plane.push(aManifest().layers(five, seven).build(), "other");
    delete(new ByDigest(manifest.digest()));
    requireAbsent(Reference.parse("one"));
    requireAbsent(Reference.parse("two"));
    requireAbsent(new ByDigest(manifest.digest()));
    requirePresent(Reference.parse("other"));
    assertThat(plane.sizeOf(app)).isEqualTo(12);
  }

  @Test
  void takesTheSizeOfChildrenOffWithTheirIndex() {
    plane.push(manifest);
    Manifest other = aManifest().layers(seven).build();
    plane.push(other, "other");
    Manifest index = anIndex().children(manifest, other).build();
    plane.push(index, "index");
    assertThat(plane.sizeOf(app)).isEqualTo(12);
    delete(new ByDigest(index.digest()));
    assertThat(plane.sizeOf(app)).isEqualTo(7);
    requirePresent(new ByDigest(manifest.digest()));
  }

  @Test
  void keepsReferrersOfADeletedSubjectUncounted() {
    plane.push(manifest, "latest");
    Manifest referrer = aManifest().layers(seven).subject(manifest).build();
    plane.push(referrer);
    assertThat(plane.sizeOf(app)).isEqualTo(12);
    delete(new ByDigest(manifest.digest()));
    assertThat(plane.sizeOf(app)).isZero();
    requirePresent(new ByDigest(referrer.digest()));
  }

  @Test
  void countsAgainWhatIsPushedAgain() {
    plane.push(manifest, "latest");
    delete(new ByDigest(manifest.digest()));
    plane.push(manifest, "latest");
    assertThat(plane.usage()).isEqualTo(new Usage(new ByteSize(5), 1));
  }

  @Test
  void findsNothingTwice() {
    plane.push(manifest, "latest");
    delete(Reference.parse("latest"));
    assertThat(failureOf(() -> delete(Reference.parse("latest"))))
        .isEqualTo(new NotFound(ResourceType.MANIFEST, "latest"));
    delete(new ByDigest(manifest.digest()));
    assertThat(failureOf(() -> delete(new ByDigest(manifest.digest()))))
        .isEqualTo(new NotFound(ResourceType.MANIFEST, manifest.digest().toString()));
  }

  private void delete(Reference reference) {
    plane.deleteManifest.handle(plane.owner, REGION, APP, reference);
  }

  private void requirePresent(Reference reference) {
    assertThat(plane.pullManifest.handle(plane.reader, REGION, APP, reference)).isNotNull();
  }

  private void requireAbsent(Reference reference) {
    assertThat(failureOf(() -> plane.pullManifest.handle(plane.reader, REGION, APP, reference)))
        .isEqualTo(new NotFound(ResourceType.MANIFEST, reference.toString()));
  }
}
