package io.gantry.rest;

import static io.gantry.rest.Client.REGION;
import static io.gantry.rest.RawHttp.request;
import static io.gantry.rest.RawHttp.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests as they stand on the wire, some of them malformed. */
@QuarkusTest
final class OddRequestsTest {
  private static final String NAMESPACES = REGION + "/namespaces";
  private static final String CLOSE = "Connection: close\r\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "? 200",
        "?foo=%zz 200",
        "?%zz=1 200",
        "?&&=&a 200",
        "?name=a|b<>\"{} 200",
        "?name=%ff 200",
        "?name=%zz 400",
        "?page=%31 200",
        "?page=%F0%9F%98%80 400",
        "/%00 400",
        "/%ff 400",
        "/.. 404",
        "/a%2Fb 400",
      })
  void getJsonWhateverStandsInTheAddress(String rest, int status) {
    String answer = send(request("GET " + NAMESPACES + rest, CLOSE, ""));

    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer.toLowerCase(Locale.ROOT))
        .contains("content-type: application/json\r\n", "x-request-id: ");
    assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).startsWith("{").endsWith("}");
  }

  @ParameterizedTest
  @CsvSource({"application/json;;,200", "'',200", "not a type,400", "/,400"})
  void createUnlessTheContentTypeIsNone(String contentType, int status) {
    String body = "{\"name\":\"" + TestRegistry.unique() + "\"}";

    assertThat(
            send(
                request(
                    "POST " + NAMESPACES,
                    "Content-Type: "
                        + contentType
                        + "\r\nContent-Length: "
                        + body.length()
                        + "\r\n"
                        + CLOSE,
                    body)))
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("\r\nContent-Type: application/json\r\n");
  }

  @Test
  void areRefusedWhenAChunkedBodyIsTooLarge() {
    int size = TestRegistry.BODY_LIMIT + 1;
    String chunk = Integer.toHexString(size) + "\r\n" + "x".repeat(size) + "\r\n0\r\n\r\n";

    assertThat(send(request("POST " + NAMESPACES, "Transfer-Encoding: chunked\r\n" + CLOSE, chunk)))
        .startsWith("HTTP/1.1 413 ");
  }

  @Test
  void followOneAnotherOnAConnectionThoughABodyWasNotRead() {
    String ignored = request("GET " + NAMESPACES, "Content-Length: 2\r\n", "{}");
    String refused =
        "POST " + NAMESPACES + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nnull";
    String last = request("GET " + NAMESPACES, CLOSE, "");

    assertThat(send(ignored + refused + last))
        .containsSubsequence("HTTP/1.1 200 ", "HTTP/1.1 401 ", "HTTP/1.1 200 ");
  }
}
