package io.gantry.persistence.reclaim;

import static io.gantry.domain.manifest.ManifestBuilder.aBlob;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.Catalogue;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.namespace.Namespace;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.gantry.persistence.reclaim.StoredTotals.Totals;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class StoredTotalsTest {
  @Inject Catalogue catalogue;
  @Inject PostgresContent content;
  @Inject StoredTotals totals;

  @BeforeEach
  void clear() {
    content.clear();
  }

  @Test
  void countABlobOfSeveralImagesOnce() {
    Totals before = totals.count();
    Namespace namespace = catalogue.addNamespace();
    var _ = catalogue.addNamespace();
    Blob shared = aBlob(100);
    for (String name : new String[] {"one", "two"}) {
      ImageId image = catalogue.addImage(namespace, name);
      Blob layer = catalogue.addBlob(image, shared);
      var _ = catalogue.addBlob(image, 7);
      var _ = catalogue.push(image, aManifest().layers(layer).build(), "v1");
    }
    var _ = catalogue.addImage(namespace, "not-shown-yet");

    assertThat(before.blobs()).isZero();
    assertThat(totals.count())
        .isEqualTo(new Totals(3, 114, before.images() + 2, before.namespaces() + 2));
  }
}
