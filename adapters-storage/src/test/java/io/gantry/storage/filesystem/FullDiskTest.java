package io.gantry.storage.filesystem;

import static io.gantry.storage.filesystem.Blobs.aKey;
import static io.gantry.storage.filesystem.Blobs.put;
import static io.gantry.storage.filesystem.Blobs.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gantry.domain.blob.BlobWriter;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.error.RegistryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the store in a process of its own, which sees a small or a read-only disk where everybody
 * else sees an empty directory. Skipped where the system does not let us make one.
 */
@Timeout(60)
final class FullDiskTest {
  private static final String SMALL_DISK = "mount -t tmpfs -o size=2m none \"$0\"";
  private static final String READ_ONLY_DISK = "mount -t tmpfs -o ro,size=2m none \"$0\"";

  @TempDir private Path disk;

  @BeforeEach
  void needsAMountNamespace() throws Exception {
    assumeTrue(
        runOnDisk(SMALL_DISK, List.of("echo", "mounted")).equals(List.of("mounted")),
        "unshare and mount are not to be had here");
  }

  @Test
  void failsThePushAndKeepsWhatWasStored() throws Exception {
    assertThat(runOnDisk(SMALL_DISK, ChildJvm.command(FillDisk.class, disk.toString())))
        .containsExactly(
            "write: Unavailable",
            "write again: Unavailable",
            "sync: Unavailable",
            "probe: Unavailable",
            "kept: stored before",
            "after deletion: room again",
            "probe: fine");
  }

  @Test
  void startsOnlyWhereItCanWrite() throws Exception {
    assertThat(runOnDisk(READ_ONLY_DISK, ChildJvm.command(Start.class, disk.toString())))
        .singleElement()
        .asString()
        .contains("blobs cannot be kept in " + disk)
        .contains("Read-only file system");
  }

  private List<String> runOnDisk(String mount, List<String> command) throws Exception {
    List<String> whole = new ArrayList<>();
    whole.addAll(List.of("unshare", "--map-root-user", "--mount"));
    whole.addAll(List.of("sh", "-c", mount + " && exec \"$@\"", disk.toString()));
    whole.addAll(command);
    try {
      Process process = ChildJvm.builder(whole).start();
      try (var output = process.inputReader(StandardCharsets.UTF_8)) {
        return output.lines().toList();
      } finally {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      return List.of(); // no unshare here
    }
  }

  static final class Start {
    private Start() {}

    public static void main(String[] arguments) {
      try {
        new FilesystemBlobStore(Path.of(arguments[0])).probe();
        System.out.println("started");
      } catch (RuntimeException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  static final class FillDisk {
    private FillDisk() {}

    public static void main(String[] arguments) {
      var store = new FilesystemBlobStore(Path.of(arguments[0]));
      var before = aKey();
      put(store, before, "stored before");

      var tooLarge = aKey();
      try (BlobWriter writer = store.append(tooLarge, ByteSize.ZERO)) {
        report("write", () -> writer.write(ByteBuffer.allocate(4 << 20)));
        report("write again", () -> writer.write(ByteBuffer.allocate(1)));
        report("sync", writer::sync);
        report("probe", store::probe);
      }
      System.out.println("kept: " + textOf(store, before));

      store.delete(tooLarge);
      var after = aKey();
      put(store, after, "room again");
      System.out.println("after deletion: " + textOf(store, after));
      report("probe", store::probe);
    }

    private static void report(String what, Runnable call) {
      try {
        call.run();
        System.out.println(what + ": fine");
      } catch (RegistryException e) {
        System.out.println(what + ": " + e.error().getClass().getSimpleName());
      }
    }
  }
}
