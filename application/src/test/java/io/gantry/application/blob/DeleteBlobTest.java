package io.gantry.application.blob;

import static io.gantry.application.repository.DataPlane.APP;
import static io.gantry.application.repository.DataPlane.REGION;
import static io.gantry.application.repository.DataPlane.digestOf;
import static io.gantry.application.repository.DataPlane.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.repository.DataPlane;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.PreconditionFailed;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.ManifestBuilder;
import io.gantry.domain.tag.Reference;
import org.junit.jupiter.api.Test;

final class DeleteBlobTest {
  private final DataPlane plane = new DataPlane();
  private final ImageId app = plane.addImage("app");
  private final Blob blob = plane.addBlob(app, "layer");

  @Test
  void takesTheBlobFromThisImageOnly() {
    ImageId other = plane.addImage("other");
    var _ = plane.addBlob(other, "layer");
    delete(blob.digest());
    assertThat(plane.links.find(app, blob.digest())).isEmpty();
    assertThat(plane.links.find(other, blob.digest())).isPresent();
  }

  @Test
  void findsNoBlobTwice() {
    delete(blob.digest());
    assertThat(failureOf(() -> delete(blob.digest()))).isInstanceOf(NotFound.class);
    assertThat(failureOf(() -> delete(digestOf("unknown")))).isInstanceOf(NotFound.class);
  }

  @Test
  void refusesWhileAManifestRefersToIt() {
    Digest manifest = plane.push(ManifestBuilder.aManifest().layers(blob).build());
    assertThat(failureOf(() -> delete(blob.digest()))).isInstanceOf(PreconditionFailed.class);
    plane.deleteManifest.handle(plane.owner, REGION, APP, new Reference.ByDigest(manifest));
    delete(blob.digest());
    assertThat(plane.links.find(app, blob.digest())).isEmpty();
  }

  private void delete(Digest digest) {
    plane.deleteBlob.handle(plane.owner, REGION, APP, digest);
  }
}
