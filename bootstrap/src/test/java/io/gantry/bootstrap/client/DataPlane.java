package io.gantry.bootstrap.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;

/** The OCI Distribution protocol with nothing between it and the test. */
public final class DataPlane {
  private final URI root;
  private final String credentials;
  private final HttpClient http = HttpClient.newHttpClient();

  public DataPlane(Server server, String secret) throws Exception {
    this(server.uri("/"), secret);
  }

  /** As whoever has the secret, at the server of this address. */
  public DataPlane(URI server, String secret) {
    this.root = server.resolve("/v2/");
    this.credentials =
        "Basic " + Base64.getEncoder().encodeToString(("nologin:" + secret).getBytes(UTF_8));
  }

  /** Pushes a blob with a POST and a PUT. */
  public void pushBlob(String repository, Content blob) throws IOException, InterruptedException {
    HttpResponse<byte[]> session =
        send(request(root.resolve(repository + "/blobs/uploads/")).POST(BodyPublishers.noBody()));
    require(session, 202);
    URI location = root.resolve(session.headers().firstValue("Location").orElseThrow());
    String separator = location.getQuery() == null ? "?" : "&";
    URI target = URI.create(location + separator + "digest=" + blob.digest());
    require(
        send(
            request(target)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(blob.bytes()))),
        201);
  }

  /** Returns when the manifest is acknowledged. */
  public void pushManifest(String repository, String tag, Content manifest)
      throws IOException, InterruptedException {
    require(
        send(
            request(root.resolve(repository + "/manifests/" + tag))
                .header("Content-Type", TestImage.MANIFEST_TYPE)
                .PUT(BodyPublishers.ofByteArray(manifest.bytes()))),
        201);
  }

  /** Pushes all of an image. */
  public void push(String repository, String tag, TestImage image)
      throws IOException, InterruptedException {
    for (Content blob : image.blobs()) {
      pushBlob(repository, blob);
    }
    pushManifest(repository, tag, image.manifest());
  }

  public boolean hasTag(String repository, String tag) throws IOException, InterruptedException {
    int status = manifestResponse(repository, tag).statusCode();
    assertThat(status).isIn(200, 404);
    return status == 200;
  }

  public Content pullManifest(String repository, String reference)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = manifestResponse(repository, reference);
    require(response, 200);
    return Content.of(response.body());
  }

  public Content pullBlob(String repository, String digest)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = send(request(root.resolve(repository + "/blobs/" + digest)));
    require(response, 200);
    return Content.of(response.body());
  }

  private HttpResponse<byte[]> manifestResponse(String repository, String reference)
      throws IOException, InterruptedException {
    return send(
        request(root.resolve(repository + "/manifests/" + reference)).header("Accept", "*/*"));
  }

  /** An answer that says the server is going away counts as none. */
  private static void require(HttpResponse<byte[]> response, int status) throws IOException {
    if (response.statusCode() == status) return;
    throw new IOException(
        "%s answered %d: %s"
            .formatted(
                response.request(), response.statusCode(), new String(response.body(), UTF_8)));
  }

  private HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).header("Authorization", credentials);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }
}
