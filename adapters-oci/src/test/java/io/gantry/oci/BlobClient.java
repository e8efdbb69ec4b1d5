package io.gantry.oci;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** Asks for blobs as the owner, and decides when to take them. */
final class BlobClient implements AutoCloseable {
  static final Duration DEADLINE = Duration.ofSeconds(30);

  /** An answer with its body. */
  record Answer(HttpClientResponse head, Buffer body) {}

  /** An answer whose body is not read for now. */
  record LeftAnswer(HttpClientResponse head, Future<Buffer> body) {}

  private final HttpClient client;
  private final Context context;
  private final URI server;

  /**
   * A client of {@code server}.
   *
   * @param server the address that speaks what the options say
   */
  BlobClient(Vertx vertx, HttpClientOptions options, URI server) {
    this.client = vertx.createHttpClient(options);
    this.context = vertx.getOrCreateContext();
    this.server = server;
  }

  Future<Buffer> get(String path) {
    return answer(HttpMethod.GET, path, "none").map(Answer::body);
  }

  Future<Answer> answer(HttpMethod method, String path, String range) {
    return ask(method, path, range, (_, head) -> head.body().map(body -> new Answer(head, body)));
  }

  /**
   * An answer whose head has come, and no more of it is taken.
   *
   * @param failed told how it ends
   */
  Future<HttpClientResponse> pause(String path, Handler<Throwable> failed) {
    return ask(
        HttpMethod.GET,
        path,
        "none",
        (_, head) -> Future.succeededFuture(head.exceptionHandler(failed).pause()));
  }

  /** An answer that is left to itself, and nothing more of it read, until it is taken up. */
  Future<LeftAnswer> leave(String path, String range) {
    return ask(
        HttpMethod.GET,
        path,
        range,
        (request, head) -> {
          Future<Buffer> body = head.body();
          var _ = head.pause();
          setReads(request, false);
          return Future.succeededFuture(new LeftAnswer(head, body));
        });
  }

  /** The rest of it. */
  static Future<Buffer> takeUp(LeftAnswer answer) {
    var _ = answer.head().resume();
    setReads(answer.head().request(), true);
    return answer.body();
  }

  /** Of no effect over HTTP/2, where pausing is enough. */
  private static void setReads(HttpClientRequest request, boolean reads) {
    var _ = ((ConnectionBase) request.connection()).channel().config().setAutoRead(reads);
  }

  /** Takes a first piece and goes. Over HTTP/1.1 this closes the connection. */
  Future<Void> cutShort(String path) {
    return ask(
        HttpMethod.GET,
        path,
        "none",
        (request, head) -> {
          Promise<Void> first = Promise.promise();
          var _ = head.exceptionHandler(_ -> {}).handler(_ -> first.tryComplete());
          return first.future().onSuccess(_ -> request.reset());
        });
  }

  /** All in one context: another thread may come too late for what follows the head. */
  private <T> Future<T> ask(
      HttpMethod method,
      String path,
      String range,
      BiFunction<HttpClientRequest, HttpClientResponse, Future<T>> take) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setHost("localhost")
            .setPort(server.getPort())
            .setURI(path)
            .putHeader("Authorization", Callers.OWNER.basic())
            .putHeader("Range", range);
    Promise<T> taken = Promise.promise();
    context.runOnContext(
        _ ->
            client
                .request(options)
                .compose(request -> request.send().compose(head -> take.apply(request, head)))
                .onComplete(taken));
    return taken.future();
  }

  static <T> T await(Future<T> future) throws Exception {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    var _ = client.close();
  }
}
