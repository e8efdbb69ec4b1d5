package io.gantry.grpc.call;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells a call that its caller has gone. The server itself does so only while the request is still
 * coming in, which for a unary call is the moment before it matters.
 */
final class Departure {
  private static final String KEY = Departure.class.getName();

  private @Nullable Runnable listener;

  private Departure() {}

  /** Watches the stream of this request. */
  static void watch(RoutingContext context) {
    Context current = Vertx.currentContext();
    if (current == null) return;
    Departure departure = new Departure();
    current.putLocal(KEY, departure);
    var _ =
        context.addEndHandler(
            end -> {
              if (end.failed()) departure.happen();
            });
  }

  /**
   * Runs {@code listener} when the stream that is handled in this context ends before its answer.
   */
  static void listen(Context context, Runnable listener) {
    Departure departure = context.getLocal(KEY);
    if (departure != null) departure.listener = listener;
  }

  private void happen() {
    if (listener != null) listener.run();
  }
}
