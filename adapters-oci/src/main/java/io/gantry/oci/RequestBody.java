package io.gantry.oci;

import io.gantry.application.upload.BodyMemory;
import io.gantry.application.upload.BodyMemory.Share;
import io.gantry.oci.StalledClients.Watched;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, for the one thread that serves it. The event loop puts down what comes
 * from the network and goes on; the reader takes all that lies there at once. Handing over buffer
 * by buffer, as the framework's stream does, cost more than everything else in a large upload: two
 * threads waking each other for every 32 KiB.
 *
 * <p>Nothing is read before the reader asks, and a client that {@linkplain #CONTINUE waits for
 * leave} to send gets it then. The network is held back while more waits for the reader than the
 * body's share of {@link BodyMemory}. What nobody wanted to read is discarded, so that a client
 * that sends everything first still hears the answer.
 */
final class RequestBody extends InputStream implements Watched {
  /** Bytes of an unwanted body that are taken from the network before the connection is closed. */
  private static final long DISCARDED_BYTES = 64L << 20;

  private static final String CONTINUE = "100-continue";

  private final HttpServerRequest request;
  private final BodyMemory memory;
  private final Share share;
  private final StalledClients stalled;
  private final long patience;
  private final long rate;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** These are the event loop's too, under the lock. */
  private ArrayDeque<Buffer> waiting = new ArrayDeque<>();

  private long waitingBytes;
  private boolean heldBack;
  private boolean ended;
  private boolean discarding;

  /** Since when the reader waits, as {@link System#nanoTime} has it. */
  private OptionalLong waitingSince = OptionalLong.empty();

  private boolean stalledTooLong;
  private @Nullable Throwable failure;

  /** These are the reader's. */
  private ArrayDeque<Buffer> taken = new ArrayDeque<>();

  private int position;
  private boolean started;

  /** How far the body may still fall behind its rate, in nanoseconds; less than none is too far. */
  private long credit;

  /**
   * The body of {@code request}. Only the time that the reader waits counts, so that a store that
   * is slow is not taken for a client that is.
   */
  RequestBody(
      HttpServerRequest request, OciLimits limits, BodyMemory memory, StalledClients stalled) {
    this.request = request;
    this.stalled = stalled;
    this.memory = memory;
    this.share = memory.enter();
    this.patience = limits.bodyPatience().toNanos();
    this.rate = limits.bodyRate();
    this.credit = patience;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) return 0;
    if (!started) start();
    if (taken.isEmpty() && !takeWaiting()) return -1;
    Buffer first = taken.element();
    int count = Math.min(length, first.length() - position);
    first.getBytes(position, position + count, into, offset);
    position += count;
    if (position == first.length()) {
      taken.remove();
      position = 0;
    }
    return count;
  }

  /** Discards what is left, without waiting for it. */
  @Override
  public void close() {
    share.close();
    stalled.forget(this);
    if (isAbsent()) return;
    lock.lock();
    try {
      if (ended || discarding || failure != null) return;
      discarding = true;
      waiting.clear();
      waitingBytes = 0;
    } finally {
      lock.unlock();
    }
    if (!started) listen();
    request.resume();
  }

  /** Later versions than HTTP/1 do not say in advance. */
  private boolean isAbsent() {
    String length = request.getHeader("Content-Length");
    return "0".equals(length)
        || (length == null
            && request.version() != HttpVersion.HTTP_2
            && request.getHeader("Transfer-Encoding") == null);
  }

  private void start() {
    started = true;
    stalled.watch(this);
    if (CONTINUE.equalsIgnoreCase(request.getHeader("Expect"))) request.response().writeContinue();
    listen();
    request.resume();
  }

  private void listen() {
    var connection = (ConnectionBase) request.connection();
    synchronized (connection) { // so that nothing comes between asking and listening
      if (request.isEnded()) {
        end();
      } else if (!connection.channel().isOpen()) {
        fail(new IOException("the connection is closed"));
      } else {
        request.pause().handler(this::arrived).endHandler(_ -> end()).exceptionHandler(this::fail);
      }
    }
  }

  /** On the event loop. */
  private void arrived(Buffer bytes) {
    lock.lock();
    try {
      waitingBytes += bytes.length();
      if (discarding) {
        if (waitingBytes > DISCARDED_BYTES) request.connection().close();
        return;
      }
      if (bytes.length() > 0) waiting.add(bytes);
      if (waitingBytes >= memory.buffer() && !heldBack) {
        heldBack = true;
        request.pause();
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void fail(Throwable cause) {
    lock.lock();
    try {
      failure = cause;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until something is there; false at the end. What came before a failure is taken first.
   */
  private boolean takeWaiting() throws IOException {
    boolean wasHeldBack;
    if (credit < 0) throw givenUp("the body comes too slowly");
    lock.lock();
    try {
      long begun = System.nanoTime();
      waitingSince = OptionalLong.of(begun);
      stalledTooLong = false;
      while (waiting.isEmpty() && !ended && failure == null) {
        if (stalledTooLong) throw givenUp("nothing came any more");
        changed.await();
      }
      long waited = System.nanoTime() - begun;
      if (rate > 0) credit = Math.min(patience, credit - waited + timeFor(waitingBytes));
      if (waiting.isEmpty() && failure != null) throw new IOException(failure);
      if (waiting.isEmpty()) return false;
      ArrayDeque<Buffer> empty = taken;
      taken = waiting;
      waiting = empty;
      waitingBytes = 0;
      wasHeldBack = heldBack;
      heldBack = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the body");
    } finally {
      waitingSince = OptionalLong.empty();
      lock.unlock();
    }
    if (wasHeldBack) request.resume();
    return true;
  }

  @Override
  public void giveUpIfStalled() {
    lock.lock();
    try {
      if (waitingSince.isEmpty()) return;
      stalledTooLong = System.nanoTime() - waitingSince.getAsLong() >= patience;
      if (stalledTooLong) changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** How long these bytes may take, in nanoseconds. */
  private long timeFor(long bytes) {
    return Duration.ofSeconds(bytes).toNanos() / rate;
  }

  /** The client is not waited for after the answer either; other streams of HTTP/2 go on. */
  private IOException givenUp(String why) {
    var cause = new IOException(why);
    failure = cause;
    if (request.version() != HttpVersion.HTTP_2) {
      request.response().endHandler(_ -> request.connection().close());
    }
    return cause;
  }
}
