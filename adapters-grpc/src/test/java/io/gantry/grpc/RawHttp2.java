package io.gantry.grpc;

import io.gantry.proto.registry.v1.RegistryGrpc;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;

/** Sends what no gRPC library does, over one HTTP/2 connection. */
final class RawHttp2 {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client;

  /** A connection that speaks HTTP/2 from its first byte. */
  RawHttp2() {
    this(false);
  }

  private RawHttp2(boolean upgraded) {
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(upgraded)
                .setHttp2ClearTextUpgradeWithPreflightRequest(upgraded)
                .setHttp2MaxPoolSize(1)
                .setDefaultPort(
                    ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class)));
  }

  /** A connection that begins with HTTP/1.1 and an {@code Upgrade: h2c}. */
  static RawHttp2 upgraded() {
    return new RawHttp2(true);
  }

  /** What came back; headers and trailers as one, as far as a gRPC status is concerned. */
  record Answer(int status, Map<String, String> metadata, Buffer body) {
    String grpcStatus() {
      return metadata.getOrDefault("grpc-status", "none");
    }
  }

  /** Posts a body to a method, with the owner's key and these headers above the usual ones. */
  Answer post(String method, Map<String, String> headers, byte[] body) throws Exception {
    return await(begin(method, headers, body, Promise.promise()));
  }

  /**
   * As {@link #post}, without waiting for the answer.
   *
   * @param sent is told when the request has left
   */
  Future<Answer> begin(
      String method, Map<String, String> headers, byte[] body, Promise<Void> sent) {
    return client
        .request(HttpMethod.POST, "/" + RegistryGrpc.SERVICE_NAME + "/" + method)
        .compose(request -> send(request, headers, body, sent));
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /** Runs on the connection's event loop, so that nothing comes back before it is listened for. */
  private static Future<Answer> send(
      HttpClientRequest request, Map<String, String> headers, byte[] body, Promise<Void> sent) {
    var _ = request.putHeader("content-type", "application/grpc");
    var _ = request.putHeader("te", "trailers");
    var _ = request.putHeader("x-auth-token", TestRegistry.OWNER);
    headers.forEach(request::putHeader);
    Future<Answer> answer =
        request
            .response()
            .compose(response -> response.body().map(bytes -> answer(response, bytes)));
    var _ = request.end(Buffer.buffer(body)).onComplete(sent);
    return answer;
  }

  private static Answer answer(HttpClientResponse response, Buffer body) {
    Map<String, String> metadata = new TreeMap<>();
    response.headers().forEach(metadata::put);
    response.trailers().forEach(metadata::put);
    return new Answer(response.statusCode(), metadata, body);
  }

  /** Bytes behind the five that say how many there are, and whether they are compressed. */
  static byte[] frame(int compressed, int claimedLength, byte... bytes) {
    return Buffer.buffer()
        .appendByte((byte) compressed)
        .appendInt(claimedLength)
        .appendBytes(bytes)
        .getBytes();
  }

  void close() throws Exception {
    var _ = vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
