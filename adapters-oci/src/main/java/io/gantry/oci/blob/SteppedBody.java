package io.gantry.oci.blob;

import io.gantry.oci.StalledClients.Watched;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/**
 * The body of one answer, read from where it is stored and handed to the event loop a buffer at a
 * time. A buffer is used again when its bytes have been written, so while the client is slow
 * nothing is read; while it is quick, the event loop always has a next step to go on with.
 */
final class SteppedBody implements Watched {
  private static final Logger LOG = Logger.getLogger(SteppedBody.class);

  private final HttpServerResponse response;
  private final Channel channel;
  private final Optional<Duration> patience;
  private final List<Future<Void>> underWay = new ArrayList<>();

  /** Since when the client is waited for, as {@link System#nanoTime} has it. */
  private volatile OptionalLong waitingSince = OptionalLong.empty();

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
        // For several at a time, so that it takes fewer changes of thread.
        if (underWay.size() == buffers.size()) awaitOldest((buffers.size() + 1) / 2);
        ByteBuffer step = buffers.get(turn).clear();
        step.limit((int) Math.min(step.capacity(), left));
        left -= read(from, step);
        // What wraps the step never frees it, and may be read from after a write has failed.
        underWay.add(response.write(BufferImpl.buffer(Unpooled.wrappedBuffer(step))));
      }
      if (!underWay.isEmpty()) awaitOldest(underWay.size());
      var _ = response.end();
    } catch (IOException e) {
      LOG.errorf(e, "blob %s cannot be read to its end", bytes.blob());
      CutOff.answer(response, channel);
    } catch (ExecutionException e) {
      LOG.debug("the client went before it had all of a blob", e);
    } catch (InterruptedException e) {
      CutOff.answer(response, channel);
      Thread.currentThread().interrupt();
    }
  }

  /** The writes that were not waited for; none, when everything has been sent. */
  List<Future<Void>> underWay() {
    return List.copyOf(underWay);
  }

  /** What has been written until then fails, so that nobody waits for it. */
  @Override
  public void giveUpIfStalled() {
    OptionalLong since = waitingSince;
    if (patience.isEmpty() || since.isEmpty()) return;
    if (System.nanoTime() - since.getAsLong() < patience.get().toNanos()) return;
    waitingSince = OptionalLong.empty();
    LOG.debug("the client takes no more of a blob");
    CutOff.answer(response, channel);
  }

  private void awaitOldest(int count) throws ExecutionException, InterruptedException {
    waitingSince = OptionalLong.of(System.nanoTime());
    try {
      // They are written one after the other.
      var _ = underWay.get(count - 1).toCompletionStage().toCompletableFuture().get();
    } finally {
      waitingSince = OptionalLong.empty();
    }
    underWay.subList(0, count).clear();
  }

  /** Fills {@code into} up to its limit, and makes it ready to be taken from. */
  private static int read(ReadableByteChannel from, ByteBuffer into) throws IOException {
    try {
      while (into.hasRemaining()) {
        if (from.read(into) < 0) throw new EOFException("bytes are missing at its end");
      }
    } catch (RuntimeException e) {
      // A store may have exceptions of its own.
      throw new IOException(e);
    }
    return into.flip().limit();
  }
}
