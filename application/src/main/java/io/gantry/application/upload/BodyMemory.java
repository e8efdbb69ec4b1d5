package io.gantry.application.upload;

import io.gantry.domain.blob.ByteSize;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Divides a bounded amount of memory among the bodies that are being taken in on this replica: few
 * get large buffers, which is quickest; of many each gets smaller ones, so that they do not take
 * the memory of everything else. Thread-safe.
 */
public final class BodyMemory {
  /** Smaller buffers cost more time than they save memory. */
  private static final int LEAST = 16 * 1024;

  /** Larger ones are not quicker. */
  private static final int MOST = 256 * 1024;

  /** One that the network fills, one that is being read, one that is hashed and stored. */
  private static final int BUFFERS = 3;

  private final long total;
  private final AtomicInteger bodies = new AtomicInteger();

  /** Divides {@code total}; more is taken once there are too many bodies for the least buffers. */
  public BodyMemory(ByteSize total) {
    this.total = total.bytes();
  }

  /** A body under way, until it is closed for the first time. */
  public final class Share implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();

    private Share() {}

    @Override
    public void close() {
      if (over.compareAndSet(false, true)) {
        var _ = bodies.decrementAndGet();
      }
    }
  }

  /** Begins a body, which may fill buffers of {@link #buffer} bytes. */
  public Share enter() {
    var _ = bodies.incrementAndGet();
    return new Share();
  }

  /** Bytes of each buffer of a body, as things are; to be asked for again now and then. */
  public int buffer() {
    long each = total / BUFFERS / Math.max(1, bodies.get());
    return Math.clamp(each, LEAST, MOST);
  }
}
