package io.gantry.oci;

import static io.gantry.oci.Registry.asOwner;
import static io.gantry.oci.Registry.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.Fuzz;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a header or a query says, the answer is an answer and not a bug. */
@QuarkusTest
final class HeaderFuzzTest {
  private static final int REQUESTS = 100;

  private final Registry registry;

  HeaderFuzzTest(Registry registry) {
    this.registry = registry;
  }

  @Test
  void contentRanges() {
    String app = registry.namespace() + "/app";
    Fuzz.texts(
        REQUESTS,
        List.of("0-4", "5-9", "0-18446744073709551616", "bytes 0-4/5"),
        text -> {
          String location = start(app);
          String header = text.replaceAll("[^\\x20-\\x7e]", "");
          int status =
              asOwner().header("Content-Range", header).body("hello").patch(location).statusCode();
          assertThat(status).isIn(202, 400, 416);
        });
  }

  @Test
  void pagesOfTags() {
    String app = registry.namespace() + "/app";
    for (String query : List.of("n", "last")) {
      Fuzz.texts(
          REQUESTS,
          List.of("10", "latest", "99999999999999999999"),
          text -> {
            String value = URLEncoder.encode(text, StandardCharsets.UTF_8);
            int status =
                asOwner()
                    .urlEncodingEnabled(false)
                    .get("/v2/" + app + "/tags/list?" + query + "=" + value)
                    .statusCode();
            assertThat(status).isIn(400, 404);
          });
    }
  }
}
