package io.gantry.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.blob.BlobContent;
import io.gantry.domain.blob.BlobStore;
import io.gantry.domain.blob.BlobWriter;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.error.RegistryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Short words for what these tests do with a store. */
final class Blobs {
  private Blobs() {}

  static StorageKey aKey() {
    return new StorageKey(UUID.randomUUID());
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static void put(BlobStore store, StorageKey key, String text) {
    try (BlobWriter writer = store.append(key, ByteSize.ZERO)) {
      writer.write(bytes(text));
      writer.sync();
    }
  }

  static Path fileOf(BlobStore store, StorageKey key) {
    BlobContent content = store.open(key).orElseThrow();
    assertThat(content).isInstanceOf(BlobContent.LocalFile.class);
    return ((BlobContent.LocalFile) content).path();
  }

  static String textOf(BlobStore store, StorageKey key) {
    try {
      return Files.readString(fileOf(store, key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static AbstractThrowableAssert<?, ?> assertRefused(ThrowingCallable call, Class<?> kind) {
    return Assertions.assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RegistryException.class, e -> assertThat(e.error()).isInstanceOf(kind));
  }
}
