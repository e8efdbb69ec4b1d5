package io.gantry.oci.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.gantry.oci.route.OciRoute.Base;
import io.gantry.oci.route.OciRoute.Catalog;
import io.gantry.oci.route.OciRoute.OfBlob;
import io.gantry.oci.route.OciRoute.OfManifest;
import io.gantry.oci.route.OciRoute.OfReferrers;
import io.gantry.oci.route.OciRoute.OfTags;
import io.gantry.oci.route.OciRoute.OfUpload;
import io.gantry.oci.route.OciRoute.OfUploads;
import io.gantry.oci.route.OciRoute.Unknown;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OciPathTest {
  private static final String DIGEST = "sha256:" + "a".repeat(64);

  static Stream<Arguments> endpoints() {
    return Stream.of(
        arguments("/v2", new Base()),
        arguments("/v2/", new Base()),
        arguments("/v2/demo/app/blobs/" + DIGEST, new OfBlob("demo/app", DIGEST)),
        arguments("/v2/demo/app/blobs/uploads", new OfUploads("demo/app")),
        arguments("/v2/demo/app/blobs/uploads/", new OfUploads("demo/app")),
        arguments("/v2/demo/app/blobs/uploads/1-2", new OfUpload("demo/app", "1-2")),
        arguments("/v2/demo/app/manifests/latest", new OfManifest("demo/app", "latest")),
        arguments("/v2/demo/app/manifests/" + DIGEST, new OfManifest("demo/app", DIGEST)),
        arguments("/v2/demo/app/tags/list", new OfTags("demo/app")),
        arguments("/v2/demo/app/referrers/" + DIGEST, new OfReferrers("demo/app", DIGEST)),
        arguments("/v2/_catalog", new Catalog()),
        arguments("/v2/demo/tags/list", new OfTags("demo")));
  }

  static Stream<Arguments> namesWithTheRoutesOwnWords() {
    return Stream.of(
        arguments("/v2/a/blobs/b/blobs/" + DIGEST, new OfBlob("a/blobs/b", DIGEST)),
        arguments("/v2/a/blobs/blobs/" + DIGEST, new OfBlob("a/blobs", DIGEST)),
        arguments("/v2/a/blobs/uploads/blobs/uploads/", new OfUploads("a/blobs/uploads")),
        arguments("/v2/a/blobs/uploads/blobs/uploads/7", new OfUpload("a/blobs/uploads", "7")),
        arguments("/v2/a/uploads/blobs/uploads/7", new OfUpload("a/uploads", "7")),
        arguments("/v2/a/blobs/uploads/manifests/1", new OfManifest("a/blobs/uploads", "1")),
        arguments("/v2/a/manifests/manifests/1", new OfManifest("a/manifests", "1")),
        arguments("/v2/a/manifests/tags/list", new OfTags("a/manifests")),
        arguments("/v2/a/tags/list/tags/list", new OfTags("a/tags/list")),
        arguments("/v2/a/tags/manifests/list", new OfManifest("a/tags", "list")),
        arguments("/v2/a/v2/manifests/uploads", new OfManifest("a/v2", "uploads")),
        arguments("/v2/a/referrers/b/referrers/1", new OfReferrers("a/referrers/b", "1")),
        arguments("/v2/a/referrers/manifests/1", new OfManifest("a/referrers", "1")),
        arguments("/v2/a/blobs/referrers/uploads", new OfReferrers("a/blobs", "uploads")),
        arguments("/v2/_catalog/a/tags/list", new OfTags("_catalog/a")),
        arguments("/v2/v2/a/tags/list", new OfTags("v2/a")));
  }

  static Stream<Arguments> encodedCharacters() {
    return Stream.of(
        arguments("/v2/a/b/blobs/sha256%3Aff", new OfBlob("a/b", "sha256:ff")),
        arguments("/v2/a/b/blobs/sha256%3aff", new OfBlob("a/b", "sha256:ff")),
        arguments("/v2/%61/b/%74ags/list", new OfTags("a/b")),
        arguments("/v2/a/b/manifests/1+2", new OfManifest("a/b", "1+2")),
        arguments("/v2/a/b/manifests/1+2%41", new OfManifest("a/b", "1+2A")),
        arguments("/v2/a/b/manifests/%2B", new OfManifest("a/b", "+")),
        arguments("/v2/a/b/manifests/a%00", new OfManifest("a/b", "a\0")));
  }

  @ParameterizedTest
  @MethodSource({"endpoints", "namesWithTheRoutesOwnWords", "encodedCharacters"})
  void readsAPathFromItsRightEnd(String path, OciRoute expected) {
    assertThat(OciPath.parse(path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/v1/",
        "/v2x/a/tags/list",
        "v2/a/tags/list",
        "//v2/",
        "/v2//",
        "/v2/demo",
        "/v2/tags/list",
        "/v2/blobs/uploads/",
        "/v2/blobs/uploads/7",
        "/v2/a/tags/lists",
        "/v2/a/tags/",
        "/v2/a/tags/list/",
        "/v2/a//tags/list",
        "/v2//a/tags/list",
        "/v2/a/manifests/",
        "/v2/a/manifests/latest/",
        "/v2/a/blobs/",
        "/v2/a/blobs/uploads//",
        "/v2/a/blobs/uploads/7/",
        "/v2/a/../b/tags/list",
        "/v2/./a/tags/list",
        "/v2/a/%2e%2e/b/tags/list",
        "/v2/a/%2E/tags/list",
        "/v2/a%2Fb/tags/list",
        "/v2/a/blobs%2fuploads/7",
        "/v2/a/manifests/..%2f..%2fetc",
        "/v2/a/manifests/%",
        "/v2/a/manifests/%z1",
        "/v2/a/manifests/%4",
        "/v2/a/referrers/x/y/z"
      })
  void findsNoEndpointInAnyOtherPath(String path) {
    assertThat(OciPath.parse(path)).isEqualTo(new Unknown());
  }

  @Test
  void findsNoEndpointInAPathThatIsTooLong() {
    assertThat(OciPath.parse("/v2/" + "a/".repeat(1100) + "tags/list")).isEqualTo(new Unknown());
  }

  @Test
  void readsTheLongestNameThatClientsSend() {
    String name = "a/" + "b".repeat(253);
    assertThat(OciPath.parse("/v2/" + name + "/blobs/sha512:" + "0".repeat(128)))
        .isEqualTo(new OfBlob(name, "sha512:" + "0".repeat(128)));
  }

  @Test
  void readsAnyTextWithoutFailing() {
    String[] parts = {
      "/",
      "v2",
      "blobs",
      "uploads",
      "manifests",
      "tags",
      "list",
      "a",
      "..",
      ".",
      "%",
      "%2F",
      "%c3",
      "%00",
      "sha256:",
      "\ud800",
      "é",
      "+",
      " ",
      "?"
    };
    Random random = new Random(1);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder path = new StringBuilder(random.nextInt(4) == 0 ? "" : "/v2/");
      for (int n = random.nextInt(14); n > 0; n--) {
        path.append(parts[random.nextInt(parts.length)]).append(random.nextBoolean() ? "/" : "");
      }
      assertThat(OciPath.parse(path.toString())).isNotNull();
    }
  }
}
