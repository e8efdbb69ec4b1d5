package io.gantry.storage.filesystem;

import io.gantry.domain.blob.BlobWriter;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.error.RegistryError.TransientState;
import io.gantry.domain.error.RegistryError.Unavailable;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one file. One thread uses it; {@link #giveWay} and {@link #close} may come from others,
 * and wait for the call that is under way, so that no byte lands once they have returned.
 *
 * <p>After an I/O error nothing more is written: what the system reports once, it may forget, and a
 * later sync would then succeed without the bytes.
 */
final class FileBlobWriter implements BlobWriter {
  /**
   * Every so many bytes the system is told to begin writing, so that the sync at the end of a large
   * blob has little left to do: hashing and syncing 1 GiB took a quarter less time with buffers of
   * 256 KiB, a sixth less with 64 KiB.
   */
  private static final long WRITE_BACK_BYTES = 16L << 20;

  private enum State {
    OPENING,
    OPEN,
    FAILED,
    CLOSED
  }

  private final StorageKey key;
  private final Layout layout;
  private final WriterLocks locks;
  private final Consumer<FileBlobWriter> onClosed;

  /** Held for each call; only ever waited for by whoever ends this writer. */
  private final ReentrantLock turn = new ReentrantLock();

  private volatile boolean superseded;
  private State state = State.OPENING;
  private long position;
  private boolean cutOff;
  private boolean nameSynced;
  private @Nullable FileChannel channel;
  private @Nullable FileLock lock;

  private long writtenBack;
  private @Nullable FutureTask<@Nullable Void> writeBack;

  /** {@code onClosed} is called once, after the file is closed. */
  FileBlobWriter(
      StorageKey key, Layout layout, WriterLocks locks, Consumer<FileBlobWriter> onClosed) {
    this.key = key;
    this.layout = layout;
    this.locks = locks;
    this.onClosed = onClosed;
  }

  /** Opens the file; closes this writer if that fails. */
  void open(ByteSize from) {
    turn.lock();
    try {
      if (superseded) throw busy("taken over by another request");
      lock = locks.tryLock(key).orElseThrow(() -> busy("being written by another process"));
      channel = layout.openAt(key, from);
      position = from.bytes();
      writtenBack = position;
      state = State.OPEN;
    } catch (IOException e) {
      throw failed(e);
    } finally {
      if (state != State.OPEN) release();
      turn.unlock();
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void write(ByteBuffer bytes) {
    turn.lock();
    try {
      FileChannel file = usable();
      cutOffBeyond(file);
      while (bytes.hasRemaining()) position += file.write(bytes);
      if (position - writtenBack >= WRITE_BACK_BYTES) beginWriteBack(file);
    } catch (IOException e) {
      throw failed(e);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void sync() {
    turn.lock();
    try {
      FileChannel file = usable();
      cutOffBeyond(file);
      finishWriteBack();
      file.force(false); // the length is synced too, because reading needs it
      if (!nameSynced) layout.syncName(key);
      nameSynced = true;
      writtenBack = position;
    } catch (IOException e) {
      throw failed(e);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      release();
    } finally {
      turn.unlock();
    }
  }

  /**
   * Closes this writer on behalf of the next one. The owner's current call may end as usual; each
   * later one fails with {@code TransientState}.
   *
   * @throws RegistryException {@code TransientState} if that call lasts longer than {@code
   *     patience}
   */
  void giveWay(Duration patience) {
    superseded = true;
    if (!takeTurn(patience)) throw busy("still being written by another request");
    try {
      release();
    } finally {
      turn.unlock();
    }
  }

  private boolean takeTurn(Duration patience) {
    try {
      return turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private FileChannel usable() {
    if (superseded) throw busy("taken over by another request");
    FileChannel file = channel;
    if (state == State.OPEN && file != null) return file;
    if (state == State.FAILED) throw failed(new IOException("an earlier write or sync failed"));
    throw busy("closed");
  }

  /** What lies beyond the start goes with the first byte, or sync, of this writer; not before. */
  private void cutOffBeyond(FileChannel file) throws IOException {
    if (!cutOff && file.size() > position) file.truncate(position);
    cutOff = true;
  }

  /** Skipped while the one before is running: then the disk has enough to do. */
  private void beginWriteBack(FileChannel file) throws IOException {
    if (writeBack != null && !writeBack.isDone()) return;
    finishWriteBack();
    writtenBack = position;
    var task =
        new FutureTask<@Nullable Void>(
            () -> {
              file.force(false);
              return null;
            });
    writeBack = task;
    Thread.ofVirtual().name("write-back").start(task);
  }

  /** The system reports an error to one sync only, so that one's outcome is asked for. */
  private void finishWriteBack() throws IOException {
    if (writeBack == null) return;
    try {
      writeBack.get();
    } catch (ExecutionException e) {
      throw new IOException("writing back failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while writing back", e);
    }
    writeBack = null;
  }

  /**
   * Lets go of file, lock and key, in this order: nobody else may write before the file is closed.
   */
  private void release() {
    if (state == State.CLOSED) return;
    state = State.CLOSED;
    closeQuietly(channel);
    closeQuietly(lock);
    channel = null;
    lock = null;
    onClosed.accept(this);
  }

  /** What was synced is safe whatever closing says, and nothing else was promised. */
  private static void closeQuietly(@Nullable AutoCloseable resource) {
    try {
      if (resource != null) resource.close();
    } catch (Exception expected) {
      // A failed disk or a lost lock has been, or will be, noticed by a write.
    }
  }

  private RegistryException failed(IOException cause) {
    if (state == State.OPEN) state = State.FAILED;
    return new RegistryException(
        new Unavailable("the registry's storage is full or failing; the push was not kept"), cause);
  }

  private RegistryException busy(String how) {
    return new RegistryException(new TransientState(ResourceType.UPLOAD, key.toString(), how));
  }
}
