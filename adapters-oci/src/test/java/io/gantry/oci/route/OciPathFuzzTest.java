package io.gantry.oci.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.Fuzz;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a path is, it names an endpoint or nothing, and no name in it climbs out. */
final class OciPathFuzzTest {
  private static final List<String> EXAMPLES =
      List.of(
          "/v2/",
          "/v2/demo/app/manifests/latest",
          "/v2/demo/app/blobs/sha256%3A00",
          "/v2/demo/app/blobs/uploads/",
          "/v2/demo/blobs/uploads/blobs/uploads/1",
          "/v2/demo/app/tags/list",
          "/v2/demo/%2e%2e/app/manifests/%C3%A9");

  @Test
  void namesAnEndpointOrNothing() {
    Fuzz.texts(
        20_000,
        EXAMPLES,
        text -> {
          OciRoute route = OciPath.parse(text);
          String name =
              switch (route) {
                case OciRoute.OfManifest(var repository, var _) -> repository;
                case OciRoute.OfBlob(var repository, var _) -> repository;
                case OciRoute.OfTags(var repository) -> repository;
                default -> "fine";
              };
          assertThat(List.of(name.split("/", -1))).doesNotContain("", ".", "..");
        });
  }
}
