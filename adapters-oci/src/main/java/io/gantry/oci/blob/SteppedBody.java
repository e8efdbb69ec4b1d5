package io.gantry.oci.blob;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.http.HttpServerResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The body of one answer, read from where it is stored and handed to the event loop a buffer at a
 * time. A buffer is used again when its bytes have been written, so while the client is slow
 * nothing is read; while it is quick, the event loop always has a next step to go on with.
 */
final class SteppedBody {
  private static final Logger LOG = Logger.getLogger(SteppedBody.class);

  private final HttpServerResponse response;
  private final Channel channel;
  private final Optional<Duration> patience;
  private final Queue<Future<Void>> underWay = new ArrayDeque<>();

  /**
   * The body of {@code response}, on {@code channel}.
   *
   * @param patience how long the client may take nothing; for ever if absent
   */
  SteppedBody(HttpServerResponse response, Channel channel, Optional<Duration> patience) {
    this.response = response;
    this.channel = channel;
    this.patience = patience;
  }

  /**
   * Sends these bytes, through these buffers, and ends the answer. Returns when all have been
   * written or cannot be; a client that has gone or takes no more is nothing to tell the caller of.
   */
  void send(BlobBytes bytes, List<ByteBuffer> buffers) {
    try (ReadableByteChannel from = bytes.open()) {
      long left = bytes.length();
      for (int turn = 0; left > 0; turn = (turn + 1) % buffers.size()) {
        if (underWay.size() == buffers.size()) awaitOldest();
        ByteBuffer step = buffers.get(turn).clear();
        step.limit((int) Math.min(step.capacity(), left));
        left -= read(from, step);
        // What wraps the step never frees it, and may be read from after a write has failed.
        underWay.add(response.write(BufferImpl.buffer(Unpooled.wrappedBuffer(step))));
      }
      while (!underWay.isEmpty()) awaitOldest();
      var _ = response.end();
    } catch (IOException | RuntimeException e) {
      LOG.errorf(e, "blob %s cannot be read to its end", bytes.blob());
      CutOff.answer(response, channel);
    } catch (ExecutionException e) {
      LOG.debug("the client went before it had all of a blob", e);
    } catch (TimeoutException e) {
      LOG.debug("the client takes no more of a blob", e);
      CutOff.answer(response, channel);
    } catch (InterruptedException e) {
      CutOff.answer(response, channel);
      Thread.currentThread().interrupt();
    }
  }

  /** The writes that were not waited for; none, when everything has been sent. */
  List<Future<Void>> underWay() {
    return List.copyOf(underWay);
  }

  private void awaitOldest() throws ExecutionException, InterruptedException, TimeoutException {
    var written = underWay.element().toCompletionStage().toCompletableFuture();
    var _ =
        patience.isPresent()
            ? written.get(patience.get().toNanos(), TimeUnit.NANOSECONDS)
            : written.get();
    var _ = underWay.remove();
  }

  /** Fills {@code into} up to its limit, and makes it ready to be taken from. */
  private static int read(ReadableByteChannel from, ByteBuffer into) throws IOException {
    while (into.hasRemaining()) {
      if (from.read(into) < 0) throw new EOFException("bytes are missing at its end");
    }
    return into.flip().limit();
  }
}
