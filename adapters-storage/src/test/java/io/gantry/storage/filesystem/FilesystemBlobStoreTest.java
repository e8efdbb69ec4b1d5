package io.gantry.storage.filesystem;

import static io.gantry.storage.filesystem.Blobs.aKey;
import static io.gantry.storage.filesystem.Blobs.assertRefused;
import static io.gantry.storage.filesystem.Blobs.bytes;
import static io.gantry.storage.filesystem.Blobs.fileOf;
import static io.gantry.storage.filesystem.Blobs.put;
import static io.gantry.storage.filesystem.Blobs.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.blob.BlobWriter;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.error.RegistryError.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilesystemBlobStoreTest {
  @TempDir private Path temporary;
  private Path root;
  private FilesystemBlobStore store;

  @BeforeEach
  void createStore() {
    root = temporary.resolve("not/yet/there");
    store = new FilesystemBlobStore(root);
  }

  @Nested
  final class Starting {
    @Test
    void findsWhatAnEarlierInstanceStored() {
      StorageKey key = aKey();
      put(store, key, "kept");

      assertThat(textOf(new FilesystemBlobStore(root), key)).isEqualTo("kept");
    }

    @Test
    void continuesWhatAnEarlierInstanceBegan() {
      StorageKey key = aKey();
      put(store, key, "synced, and more");

      var restarted = new FilesystemBlobStore(root);
      try (BlobWriter writer = restarted.append(key, new ByteSize("synced".length()))) {
        writer.write(bytes(" again"));
        writer.sync();
      }

      assertThat(textOf(restarted, key)).isEqualTo("synced again");
    }

    @Test
    void followsARootThatIsALink() throws IOException {
      Path link = Files.createSymbolicLink(temporary.resolve("link"), root);
      StorageKey key = aKey();
      put(new FilesystemBlobStore(link), key, "behind the link");

      assertThat(textOf(store, key)).isEqualTo("behind the link");
    }

    @Test
    void failsNamingARootThatIsAFile() throws IOException {
      Path file = Files.createFile(temporary.resolve("file"));

      assertThatThrownBy(() -> new FilesystemBlobStore(file))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("blobs cannot be kept in " + file);
    }

    @Test
    void failsBelowAFile() throws IOException {
      Path file = Files.createFile(temporary.resolve("file"));

      assertThatThrownBy(() -> new FilesystemBlobStore(file.resolve("root")))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("blobs cannot be kept in " + file.resolve("root"));
    }

    @Test
    void failsWhenADirectoryOfItsOwnIsALinkElsewhere() throws IOException {
      Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
      Path other = Files.createDirectory(temporary.resolve("other"));
      Files.createSymbolicLink(other.resolve("blobs"), elsewhere);

      assertThatThrownBy(() -> new FilesystemBlobStore(other))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("blobs");
    }
  }

  @Nested
  final class StoredFiles {
    @Test
    void areReadableByTheirOwnerOnly() throws IOException {
      StorageKey key = aKey();
      put(store, key, "private");
      Path file = fileOf(store, key);

      assertThat(permissions(file)).isEqualTo("rw-------");
      for (String directory : List.of("", "blobs", "blobs/" + key.toString().substring(34))) {
        assertThat(permissions(root.resolve(directory))).isEqualTo("rwx------");
      }
    }

    @Test
    void areNamedByTheirKeyAlone() {
      StorageKey key = aKey();
      put(store, key, "x");

      String name = key.toString();
      assertThat(fileOf(store, key))
          .isEqualTo(root.resolve("blobs").resolve(name.substring(34)).resolve(name));
    }

    @Test
    void areAllListed() throws IOException {
      List<StorageKey> stored = Stream.generate(Blobs::aKey).limit(50).toList();
      stored.forEach(key -> put(store, key, "x"));
      Files.createFile(root.resolve("blobs/00/not-a-key"));

      assertThat(store.keys()).containsExactlyInAnyOrderElementsOf(stored);
    }

    @Test
    void leaveNothingBehindWhenProbedOrDeleted() throws IOException {
      StorageKey key = aKey();
      put(store, key, "x");
      store.probe();
      store.delete(key);

      assertThat(store.keys()).isEmpty();
      try (var entries = Files.list(root)) {
        assertThat(entries)
            .extracting(Path::getFileName)
            .map(Path::toString)
            .containsExactlyInAnyOrder("blobs", ".writers");
      }
    }

    private String permissions(Path path) throws IOException {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
  }

  @Nested
  final class Writing {
    @Test
    void takesDirectAndHeapBuffersOfAnySize() throws IOException {
      byte[] large = new byte[40 << 20]; // crosses several write-backs
      new Random(1).nextBytes(large);
      StorageKey key = aKey();
      try (BlobWriter writer = store.append(key, ByteSize.ZERO)) {
        writer.write(ByteBuffer.wrap(large, 0, 25 << 20));
        ByteBuffer direct = ByteBuffer.allocateDirect(large.length - (25 << 20));
        writer.write(direct.put(large, 25 << 20, direct.capacity()).flip());
        assertThat(writer.position()).isEqualTo(large.length);
        writer.sync();
      }

      assertThat(Files.readAllBytes(fileOf(store, key))).isEqualTo(large);
    }

    @Test
    void takesOverAnEmptyBlob() {
      StorageKey key = aKey();
      put(store, key, "");

      assertThat(textOf(store, key)).isEmpty();
    }

    @Test
    void refusesToContinueWhatIsTooShort() {
      StorageKey key = aKey();
      put(store, key, "short");

      assertRefused(() -> store.append(key, new ByteSize(6)), Unavailable.class);
      assertThat(textOf(store, key)).isEqualTo("short");
    }

    @Test
    void refusesToContinueWhatIsMissing() {
      StorageKey key = aKey();

      assertRefused(() -> store.append(key, new ByteSize(1)), Unavailable.class);
      assertThat(store.open(key)).isEmpty();
    }

    @Test
    void canBeTriedAgainAfterARefusal() {
      StorageKey key = aKey();
      assertRefused(() -> store.append(key, new ByteSize(1)), Unavailable.class);

      put(store, key, "from the start");

      assertThat(textOf(store, key)).isEqualTo("from the start");
    }
  }

  @Nested
  final class PlantedLinks {
    private Path target;
    private StorageKey key;

    @BeforeEach
    void plantLink() throws IOException {
      target = Files.writeString(temporary.resolve("target"), "untouched");
      key = aKey();
      put(store, key, "x");
      Path file = fileOf(store, key);
      Files.delete(file);
      Files.createSymbolicLink(file, target);
    }

    @Test
    void areNotRead() {
      assertThat(store.open(key)).isEmpty();
    }

    @Test
    void areNotWrittenThrough() throws IOException {
      assertRefused(() -> store.append(key, ByteSize.ZERO), Unavailable.class);
      assertRefused(() -> store.append(key, new ByteSize(1)), Unavailable.class);
      assertThat(Files.readString(target)).isEqualTo("untouched");
    }

    @Test
    void areDeletedWithoutTheirTarget() throws IOException {
      store.delete(key);

      assertThat(store.keys()).isEmpty();
      assertThat(Files.readString(target)).isEqualTo("untouched");
    }
  }
}
