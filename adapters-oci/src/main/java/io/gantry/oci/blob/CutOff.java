package io.gantry.oci.blob;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpServerResponse;

/** Ends an answer whose head has been sent, so that the client does not take it for whole. */
final class CutOff {
  /** RFC 9113 §7. */
  private static final long INTERNAL_ERROR = 0x2;

  private CutOff() {}

  /**
   * Ends this answer, on {@code channel}. Over HTTP/2 other answers on the connection go on, unless
   * it is the connection that takes nothing: then saying so would wait for ever.
   */
  static void answer(HttpServerResponse response, Channel channel) {
    if (response.streamId() < 0 || !channel.isWritable()) {
      connection(channel);
    } else {
      var _ = response.reset(INTERNAL_ERROR);
    }
  }

  /**
   * Closes the connection now, without a word. Whoever closes it in order waits until all that was
   * written before has been taken, and says goodbye: the client may never take any of it. What the
   * system has not sent yet is dropped too.
   */
  static void connection(Channel channel) {
    channel
        .eventLoop()
        .execute(
            () -> {
              if (!channel.isOpen()) return;
              var _ = channel.config().setOption(ChannelOption.SO_LINGER, 0);
              // From the first on, so past the handlers that would wait.
              var _ = channel.pipeline().firstContext().close();
            });
  }
}
