package io.gantry.grpc.call;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Lets a connection write what the answers of many calls have to say by one system call and as one
 * piece, and over TLS in one record. An answer alone would take two calls: the server flushes
 * behind a message and again behind its trailers.
 */
public final class SharedFlushes {
  /** So that a busy event loop does not hold them back for long. */
  private static final int MOST = 256;

  private SharedFlushes() {}

  /**
   * Begins to do so, if it is not done yet. On the event loop of the connection; it holds flushes
   * back only until that has done what it has to do already.
   */
  public static void of(HttpConnection connection) {
    ChannelPipeline pipeline = ((ConnectionBase) connection).channel().pipeline();
    if (pipeline.get(FlushConsolidationHandler.class) == null) {
      // Where the server's flushes begin, so that they do not even get to the connection's handler,
      // which looks through its streams for each.
      var _ =
          pipeline.addBefore(
              pipeline.context(Http2ConnectionHandler.class).name(),
              "shared writes",
              new SharedWrites());
      var _ = pipeline.addLast("shared flushes", new FlushConsolidationHandler(MOST, true));
    }
  }
}
