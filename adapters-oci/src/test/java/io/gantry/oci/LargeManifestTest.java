package io.gantry.oci;

import static io.gantry.oci.Registry.asOwner;
import static io.gantry.oci.Registry.digestOf;
import static io.gantry.oci.Registry.pushImage;
import static io.gantry.oci.Registry.pushManifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.oci.manifest.Documents;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Manifests that are too large for a buffer, as clients send them. */
@QuarkusTest
final class LargeManifestTest {
  private final Registry registry;
  private String app = "";
  private String document = "";

  LargeManifestTest(Registry registry) {
    this.registry = registry;
  }

  @BeforeEach
  void addImage() {
    app = registry.namespace() + "/app";
    var _ = pushImage(app, "small", "layer");
    String image = Registry.imageOf("layer");
    document = image + " ".repeat(World.MANIFEST_BYTES - image.length());
  }

  @Test
  void areKeptAsTheyCame() {
    var _ = pushManifest(app, "large", document);

    asOwner().get(manifest("large")).then().statusCode(200);
    assertThat(asOwner().get(manifest("large")).asString()).isEqualTo(document);
  }

  @Test
  void areTakenWhileMoreThanThereArePlacesForComeSlowly() throws IOException {
    List<RawConnection> slow = new ArrayList<>();
    try {
      for (int i = 0; i <= World.LARGE_MANIFESTS; i++) slow.add(sendAllButTheEnd("slow" + i));

      assertThat(pushManifest(app, "quick", document)).isEqualTo(digestOf(document));

      for (RawConnection one : slow) one.send(" ");
      for (RawConnection one : slow) assertThat(one.answer()).startsWith("HTTP/1.1 201 ");
    } finally {
      for (RawConnection one : slow) one.close();
    }
  }

  private RawConnection sendAllButTheEnd(String tag) throws IOException {
    RawConnection connection = new RawConnection();
    connection.sendHead(
        "PUT",
        manifest(tag),
        "Authorization: " + Callers.OWNER.basic(),
        "Content-Type: " + Documents.OCI_MANIFEST,
        "Content-Length: " + document.length());
    connection.send(document.substring(0, document.length() - 1));
    return connection;
  }

  private String manifest(String tag) {
    return "/v2/" + app + "/manifests/" + tag;
  }
}
