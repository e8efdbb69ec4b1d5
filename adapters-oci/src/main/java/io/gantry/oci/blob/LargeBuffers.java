package io.gantry.oci.blob;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Memory outside the heap for answers that are sent in large steps: for {@value #ANSWERS} at once,
 * four times 128 KiB each, so 16 MiB, made when first wanted and kept from then on. Buffers of the
 * framework would cost more than what is done with them: it has them in pieces of 64 KiB, and makes
 * and clears every larger one anew.
 */
@Singleton
public final class LargeBuffers {
  static final int STEP = 128 << 10;

  /** While half of them are on their way, the others are read into. */
  static final int STEPS = 4;

  public static final int ANSWERS = 32;

  /** The one that was given back last is taken first. */
  private final ConcurrentLinkedDeque<Share> free = new ConcurrentLinkedDeque<>();

  LargeBuffers() {
    for (int i = 0; i < ANSWERS; i++) free.add(new Share());
  }

  /** What one answer takes; nothing if others have all of it. */
  Optional<Share> take() {
    return Optional.ofNullable(free.poll());
  }

  /** Once nothing can read from these buffers any more. */
  void give(Share share) {
    free.addFirst(share);
  }

  /** How many answers could take a share now. */
  public int free() {
    return free.size();
  }

  /** The memory of one answer. */
  static final class Share {
    private final List<ByteBuffer> buffers = new ArrayList<>();

    /** Each has room for a step. */
    List<ByteBuffer> buffers() {
      while (buffers.size() < STEPS) buffers.add(ByteBuffer.allocateDirect(STEP));
      return buffers;
    }
  }
}
