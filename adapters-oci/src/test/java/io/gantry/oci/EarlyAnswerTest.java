package io.gantry.oci;

import static io.gantry.oci.Registry.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are refused whatever their bodies say. */
@QuarkusTest
final class EarlyAnswerTest {
  private static final String REFUSALS =
      """
      PATCH, UPLOAD,                 nobody, 401
      PUT,   UPLOAD?digest=DIGEST,   nobody, 401
      POST,  UPLOADS?digest=DIGEST,  nobody, 401
      PUT,   APP/manifests/latest,   nobody, 401
      PATCH, UPLOAD,                 reader, 403
      PUT,   UPLOAD?digest=DIGEST,   reader, 403
      POST,  UPLOADS?digest=DIGEST,  reader, 403
      PUT,   APP/manifests/latest,   reader, 403
      PATCH, UPLOAD,                 owner,  413
      PUT,   UPLOAD?digest=DIGEST,   owner,  413
      POST,  UPLOADS?digest=DIGEST,  owner,  413
      PUT,   APP/manifests/latest,   owner,  413
      PATCH, UPLOADS,                owner,  405
      PATCH, UPLOADSnone,            owner,  404
      PUT,   UPLOADSnone?digest=x,   owner,  400
      """;

  private static final int CHUNK = 1 << 20;
  private static final int CHUNKS = 64;

  private final Registry registry;
  private String app = "";
  private String upload = "";

  EarlyAnswerTest(Registry registry) {
    this.registry = registry;
  }

  @BeforeEach
  void startUpload() {
    app = "/v2/" + registry.namespace() + "/app";
    upload = start(app.substring("/v2/".length()));
  }

  @ParameterizedTest
  @CsvSource(textBlock = REFUSALS)
  void reachClientsThatSendAllBeforeTheyRead(String method, String target, String who, int status)
      throws IOException {
    try (RawConnection connection = new RawConnection()) {
      sendHead(connection, method, target, who, "X-Is: known");
      byte[] chunk = new byte[CHUNK];
      for (int i = 0; i < CHUNKS; i++) connection.send(chunk);
      assertIsRefusal(connection.answer(), status);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = REFUSALS)
  void comeInsteadOfTheLeaveToSend(String method, String target, String who, int status)
      throws IOException {
    try (RawConnection connection = new RawConnection()) {
      sendHead(connection, method, target, who, "Expect: 100-continue");
      assertIsRefusal(connection.answer(), status);
    }
  }

  @Test
  void giveLeaveToSendWhatIsWanted() throws IOException {
    try (RawConnection connection = new RawConnection()) {
      connection.sendHead(
          "PATCH", upload, as("owner"), "Expect: 100-continue", "Content-Length: 5");
      assertThat(connection.answer()).startsWith("HTTP/1.1 100 ");
      connection.send("hello");
      assertThat(connection.answer()).startsWith("HTTP/1.1 202 ").contains("0-4");
      connection.sendHead("GET", "/v2/", as("owner"));
      assertThat(connection.answer()).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = REFUSALS)
  void reachClientsOfHttp2(String method, String target, String who, int status) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(Version.HTTP_2).build()) {
      // The connection is upgraded by a request without a body.
      HttpRequest first = HttpRequest.newBuilder(uri("/v2/")).build();
      assertThat(client.send(first, BodyHandlers.ofString()).version()).isEqualTo(Version.HTTP_2);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri(filled(target)))
              .timeout(RawConnection.PATIENCE)
              .method(method, BodyPublishers.ofByteArray(new byte[CHUNK * CHUNKS]));
      if (!who.equals("nobody")) request.header("Authorization", basic(who));
      assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode())
          .isEqualTo(status);
    }
  }

  private void sendHead(
      RawConnection connection, String method, String target, String who, String header)
      throws IOException {
    connection.sendHead(
        method, filled(target), as(who), header, "Content-Length: " + CHUNK * CHUNKS);
  }

  private String filled(String target) {
    return target
        .replace("UPLOADS", app + "/blobs/uploads/")
        .replace("UPLOAD", upload)
        .replace("APP", app)
        .replace("DIGEST", Registry.digestOf("x").toString());
  }

  private static void assertIsRefusal(String answer, int status) {
    assertThat(answer).startsWith("HTTP/1.1 " + status).contains("\"errors\":[{\"code\":");
  }

  private static String as(String who) {
    return who.equals("nobody") ? "X-Is: nobody" : "Authorization: " + basic(who);
  }

  private static String basic(String who) {
    return (who.equals("owner") ? Callers.OWNER : Callers.READER).basic();
  }

  private static URI uri(String target) {
    return URI.create("http://localhost:" + RestAssured.port + target);
  }
}
