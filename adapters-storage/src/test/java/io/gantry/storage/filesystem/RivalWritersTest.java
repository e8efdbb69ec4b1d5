package io.gantry.storage.filesystem;

import static io.gantry.storage.filesystem.Blobs.aKey;
import static io.gantry.storage.filesystem.Blobs.assertRefused;
import static io.gantry.storage.filesystem.Blobs.bytes;
import static io.gantry.storage.filesystem.Blobs.put;
import static io.gantry.storage.filesystem.Blobs.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.blob.BlobWriter;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.error.RegistryError.TransientState;
import io.gantry.domain.error.RegistryException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class RivalWritersTest {
  @TempDir private Path root;
  private FilesystemBlobStore store;
  private final StorageKey key = aKey();

  @BeforeEach
  void createStore() {
    store = new FilesystemBlobStore(root);
  }

  @Nested
  final class InOneProcess {
    @Test
    void theLaterOneEndsTheEarlierOne() {
      try (BlobWriter earlier = store.append(key, ByteSize.ZERO)) {
        earlier.write(bytes("one"));
        earlier.sync();
        try (BlobWriter later = store.append(key, new ByteSize(3))) {
          assertRefused(() -> earlier.write(bytes("never")), TransientState.class);
          assertRefused(earlier::sync, TransientState.class);
          later.write(bytes(" two"));
          later.sync();
        }
      }

      assertThat(textOf(store, key)).isEqualTo("one two");
    }

    @Test
    void closingTheEarlierOneLateLeavesTheLaterOneAlone() {
      BlobWriter earlier = store.append(key, ByteSize.ZERO);
      BlobWriter later = store.append(key, ByteSize.ZERO);
      earlier.close();
      earlier.close();

      BlobWriter last = store.append(key, ByteSize.ZERO);

      assertRefused(() -> later.write(bytes("x")), TransientState.class);
      last.close();
    }

    /** The earlier one writes as fast as it can while it is superseded, many times over. */
    @Test
    void noByteOfTheEarlierOneLandsAfterTheLaterOneBegan() throws Exception {
      for (int round = 0; round < 200; round++) {
        StorageKey contested = aKey();
        BlobWriter earlier = store.append(contested, ByteSize.ZERO);
        var writing = new CountDownLatch(1);
        var refusal =
            new FutureTask<Void>(
                () -> {
                  while (true) {
                    earlier.write(bytes("earlier "));
                    writing.countDown();
                  }
                });
        Thread.ofPlatform().start(refusal);
        writing.await();

        try (BlobWriter later = store.append(contested, new ByteSize("earlier ".length()))) {
          later.write(bytes("later"));
          later.sync();
        }

        assertThatThrownBy(refusal::get)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(RegistryException.class);
        assertThat(textOf(store, contested)).isEqualTo("earlier later");
      }
    }

    @Test
    void manyAtOnceLeaveOneWriterAndWholeBytes() throws Exception {
      var tasks = new FutureTask<?>[16];
      for (int i = 0; i < tasks.length; i++) {
        String text = Character.toString('a' + i).repeat(1000);
        tasks[i] = new FutureTask<>(() -> putUntilItIsTaken(text), null);
        Thread.ofVirtual().start(tasks[i]);
      }
      for (FutureTask<?> task : tasks) task.get();

      assertThat(textOf(store, key)).hasSize(1000).matches("(.)\\1*");
      put(store, key, "free again");
    }

    private void putUntilItIsTaken(String text) {
      while (true) {
        try {
          put(store, key, text);
          return;
        } catch (RegistryException e) {
          assertThat(e.error()).isInstanceOf(TransientState.class);
        }
      }
    }

    @Test
    void aDeletionEndsTheWriter() {
      BlobWriter writer = store.append(key, ByteSize.ZERO);

      store.delete(key);

      assertRefused(() -> writer.write(bytes("x")), TransientState.class);
      assertThat(store.keys()).isEmpty();
    }

    @Test
    void anInterruptedAppendLeavesTheStoreUsable() {
      Thread.currentThread().interrupt();
      store.append(key, ByteSize.ZERO).close();
      assertThat(Thread.interrupted()).isTrue();

      put(store, key, "next");

      assertThat(textOf(store, key)).isEqualTo("next");
    }

    @Test
    void anInterruptedWriterLeavesTheKeyToTheNext() {
      BlobWriter writer = store.append(key, ByteSize.ZERO);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> writer.write(bytes("x"))).isInstanceOf(RegistryException.class);
      assertThat(Thread.interrupted()).isTrue();

      put(store, key, "next");

      assertThat(textOf(store, key)).isEqualTo("next");
    }
  }

  /** A pipe in the place of the file: a write to it waits for as long as the test likes. */
  @Nested
  final class InsideAWrite {
    private static final int MORE_THAN_A_PIPE_HOLDS = 1 << 20;

    private Path pipe;

    @BeforeEach
    void putPipeInPlaceOfFile() throws Exception {
      put(store, key, "");
      pipe = Blobs.fileOf(store, key);
      Files.delete(pipe);
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    }

    @Test
    void theEarlierOneIsWaitedFor() throws Exception {
      try (var reader = new RandomAccessFile(pipe.toFile(), "rw")) {
        FutureTask<Void> write = startBlockedWrite(store);
        var append = new FutureTask<>(() -> store.append(key, ByteSize.ZERO));
        Thread appending = Thread.ofPlatform().start(append);
        awaitState(appending, Thread.State.TIMED_WAITING);

        reader.readFully(new byte[MORE_THAN_A_PIPE_HOLDS]);

        write.get();
        try (BlobWriter later = append.get()) {
          later.write(bytes("later"));
          byte[] next = new byte[5];
          reader.readFully(next);
          assertThat(next).isEqualTo("later".getBytes(StandardCharsets.UTF_8));
        }
      }
    }

    @Test
    void theEarlierOneIsNotWaitedForForever() throws Exception {
      var impatient = new FilesystemBlobStore(root, Duration.ofMillis(50));
      try (var reader = new RandomAccessFile(pipe.toFile(), "rw")) {
        FutureTask<Void> write = startBlockedWrite(impatient);

        assertRefused(() -> impatient.append(key, ByteSize.ZERO), TransientState.class);

        reader.readFully(new byte[MORE_THAN_A_PIPE_HOLDS]);
        write.get();
        impatient.append(key, ByteSize.ZERO).close();
      }
    }

    private FutureTask<Void> startBlockedWrite(FilesystemBlobStore on) throws Exception {
      BlobWriter writer = on.append(key, ByteSize.ZERO);
      var write =
          new FutureTask<Void>(
              () -> {
                writer.write(ByteBuffer.allocateDirect(MORE_THAN_A_PIPE_HOLDS));
                return null;
              });
      Thread.ofPlatform().start(write);
      awaitAvailable();
      return write;
    }

    private void awaitAvailable() throws IOException {
      long deadline = deadline();
      try (var stream = new FileInputStream(pipe.toFile())) {
        while (stream.available() == 0) assertBefore(deadline);
      }
    }

    private void awaitState(Thread thread, Thread.State state) {
      long deadline = deadline();
      while (thread.getState() != state) assertBefore(deadline);
    }

    private long deadline() {
      return System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    }

    private void assertBefore(long deadline) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Nested
  final class InTwoProcesses {
    @Test
    void theLaterOneIsRefusedUntilTheEarlierProcessIsDead() throws Exception {
      try (ChildJvm other = ChildJvm.start(Holder.class, root.toString(), key.toString())) {
        assertThat(other.line()).isEqualTo("holding");
        assertRefused(() -> store.append(key, new ByteSize(5)), TransientState.class);
        put(store, aKey(), "other keys are free");

        other.kill();

        try (BlobWriter writer = store.append(key, new ByteSize(5))) {
          writer.write(bytes(" and here"));
          writer.sync();
        }
      }
      assertThat(textOf(store, key)).isEqualTo("there and here");
    }

    @Test
    void readingTheFileDoesNotFreeTheKey() throws Exception {
      BlobWriter writer = store.append(key, ByteSize.ZERO);
      writer.write(bytes("half"));
      assertThat(textOf(store, key)).isEqualTo("half");

      try (ChildJvm other = ChildJvm.start(Holder.class, root.toString(), key.toString())) {
        assertThat(other.line()).isEqualTo("TransientState");
      }
      writer.close();
    }
  }

  /** Opens a writer, says so, and holds it until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      var store = new FilesystemBlobStore(Path.of(arguments[0]));
      try {
        BlobWriter writer =
            store.append(new StorageKey(UUID.fromString(arguments[1])), ByteSize.ZERO);
        writer.write(bytes("there"));
        writer.sync();
      } catch (RegistryException e) {
        System.out.println(e.error().getClass().getSimpleName());
        return;
      }
      System.out.println("holding");
      new CountDownLatch(1).await();
    }
  }
}
