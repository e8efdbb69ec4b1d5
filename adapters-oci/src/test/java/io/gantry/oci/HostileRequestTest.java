package io.gantry.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client library sends: each gets the protocol's own refusal. */
@QuarkusTest
final class HostileRequestTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /registry-internal/v1/regions/fr-par/tokens?scope=%zz, 400",
    "GET, /v2/demo/app/tags/list?n=%zz, 400",
    "GET, /v2/demo/app/tags/list?last=%, 400",
    "PUT, /v2/demo/app/blobs/uploads/33a2c9f0-e324-428c-a80a-94518adcad8d?digest=%zz, 400",
    "GET, /v2//blobs/sha256:00, 404",
    "GET, /v2/demo%2Fapp/manifests/latest, 404",
    "GET, /v2/demo/app%00/manifests/latest, 400",
    "GET, /v2/demo/app/blobs/..%2f..%2fetc, 404",
    "GET, /v2/demo/app/referrers/..%2f..%2fetc, 404",
    "GET, /v2/demo%2Fapp/referrers/sha256:00, 404",
    "GET, /v2/demo/app/referrers/, 404",
    "GET, /v2/demo/app/referrers/sha256:00?artifactType=%zz, 400",
    "GET, /v2//_catalog, 404",
    "GET, /v2/_catalog/, 404",
    "GET, /v2/%5fcatalog, 404",
    "GET, /v2/_catalog?n=%zz, 400",
    "GET, /v2/demo/app/_catalog, 404",
  })
  void refusesInTheProtocolsOwnForm(String method, String target, int status) throws IOException {
    assertThat(RawRequest.send(method, target))
        .startsWith("HTTP/1.1 " + status)
        .contains("\"errors\":[{\"code\":")
        .doesNotContain("Exception");
  }

  /** These name nothing under {@code /v2} at all, or nothing that can be read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/%2e%2e/%2e%2e/etc/passwd",
        "/v2/../../etc/passwd",
        "/v2/demo/../../../etc/passwd",
        "/v2/demo/app/referrers/%2e%2e/%2e%2e/etc/passwd",
        "/v2/_catalog/../../etc/passwd",
        "/v2/demo/app/manifests/%zz",
      })
  void reachesNothingByTricksWithThePath(String target) throws IOException {
    assertThat(RawRequest.send("GET", target))
        .containsPattern("\\AHTTP/1.1 4\\d\\d ")
        .doesNotContain("Exception")
        .doesNotContain("root:");
  }
}
