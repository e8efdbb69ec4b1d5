package io.gantry.bootstrap.process;

import static java.util.Objects.requireNonNull;

import io.gantry.proto.registry.v1.RegistryGrpc;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Sends what no gRPC library does, over one HTTP/2 connection without TLS. */
final class GrpcWire implements AutoCloseable {
  static final String SERVICE = "/" + RegistryGrpc.SERVICE_NAME + "/";

  private static final long CANCEL = 8;

  private final String secret;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client;
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();

  GrpcWire(int port, String secret) {
    this.secret = secret;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2MaxPoolSize(1)
                .setDefaultPort(port));
  }

  /** What came back; headers and trailers as one. */
  record Answer(int status, Map<String, String> metadata) {
    String grpcStatus() {
      return metadata.getOrDefault("grpc-status", "none");
    }
  }

  /** Posts a body, with the key and these headers above the usual ones. */
  Answer post(String path, Map<String, String> headers, byte[] body) throws Exception {
    return await(
        open(path, headers)
            .compose(request -> request.send(Buffer.buffer(body)).compose(GrpcWire::answer)));
  }

  /** Sends the beginning of a request and waits for an answer to that. */
  Answer postWithoutEnd(String path, Map<String, String> headers, byte[] beginning)
      throws Exception {
    return await(
        open(path, headers)
            .compose(
                request ->
                    request
                        .setChunked(true)
                        .write(Buffer.buffer(beginning))
                        .compose(_ -> request.response().compose(GrpcWire::answer))));
  }

  /** Sends the beginning of a request and leaves. */
  void abandon(String path, byte[] beginning) throws Exception {
    var _ =
        await(
            open(path, Map.of())
                .compose(
                    request ->
                        request
                            .setChunked(true)
                            .write(Buffer.buffer(beginning))
                            .map(_ -> request.reset(CANCEL))));
  }

  /** How many connections all this has taken. */
  int connections() {
    return connections.size();
  }

  /** Bytes behind the five that say how many there are, and whether they are compressed. */
  static byte[] frame(int compressed, int claimedLength, byte... bytes) {
    return Buffer.buffer()
        .appendByte((byte) compressed)
        .appendInt(claimedLength)
        .appendBytes(bytes)
        .getBytes();
  }

  /**
   * What is composed with this runs on the call's event loop: whoever listens for the answer in
   * there, and not behind it on the test's thread, does so before the answer can come and be gone.
   */
  private Future<HttpClientRequest> open(String path, Map<String, String> headers) {
    return client
        .request(HttpMethod.POST, path)
        .map(
            request -> {
              connections.add(request.connection());
              var _ = request.putHeader("content-type", "application/grpc");
              var _ = request.putHeader("te", "trailers");
              var _ = request.putHeader("x-auth-token", secret);
              headers.forEach(request::putHeader);
              return request;
            });
  }

  private static Future<Answer> answer(HttpClientResponse response) {
    return response
        .body()
        .map(
            _ -> {
              Map<String, String> metadata = new TreeMap<>();
              response.headers().forEach(metadata::put);
              response.trailers().forEach(metadata::put);
              return new Answer(response.statusCode(), metadata);
            });
  }

  private static <T> T await(Future<T> future) throws Exception {
    return requireNonNull(
        future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS));
  }

  @Override
  public void close() {
    var _ = vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
