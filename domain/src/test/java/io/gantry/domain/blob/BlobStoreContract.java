package io.gantry.domain.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.gantry.domain.error.RegistryError.Unavailable;
import io.gantry.domain.error.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link BlobStore} does. */
public abstract class BlobStoreContract {
  private final StorageKey key = new StorageKey(UUID.randomUUID());

  protected abstract BlobStore store();

  @Test
  void handsOutWhatWasAppended() {
    append(0, "content");

    assertThat(contentOf(key, 7)).isEqualTo("content");
  }

  @Test
  void continuesWhereTheLastWriterStopped() {
    append(0, "con");
    append(3, "tent");

    assertThat(contentOf(key, 7)).isEqualTo("content");
  }

  @Test
  void cutsOffWhatLiesBeyondTheStart() {
    append(0, "content");
    append(3, "");

    assertThat(contentOf(key, 3)).isEqualTo("con");
    append(3, "cert");
    assertThat(contentOf(key, 7)).isEqualTo("concert");
  }

  @Test
  void startsOverAtZero() {
    append(0, "content");
    append(0, "new");

    assertThat(contentOf(key, 3)).isEqualTo("new");
  }

  @Test
  void keepsContentOfNoBytes() {
    append(0, "");

    assertThat(contentOf(key, 0)).isEmpty();
  }

  @Test
  void keepsKeysApart() {
    StorageKey other = new StorageKey(UUID.randomUUID());
    append(0, "content");
    try (BlobWriter writer = store().append(other, ByteSize.ZERO)) {
      writer.write(bytes("other"));
      writer.sync();
    }

    assertThat(contentOf(key, 7)).isEqualTo("content");
    assertThat(contentOf(other, 5)).isEqualTo("other");
  }

  @Test
  void keepsEveryByteOfManyLargeWrites() {
    byte[] block = new byte[300_000];
    for (int i = 0; i < block.length; i++) block[i] = (byte) (i * 31);
    try (BlobWriter writer = store().append(key, ByteSize.ZERO)) {
      for (int i = 0; i < 20; i++) writer.write(ByteBuffer.wrap(block));
      writer.sync();
      assertThat(writer.position()).isEqualTo(20L * block.length);
    }

    byte[] stored = read(store().open(key).orElseThrow(), 0, 20L * block.length);
    for (int i = 0; i < 20; i++) {
      assertThat(Arrays.copyOfRange(stored, i * block.length, (i + 1) * block.length))
          .isEqualTo(block);
    }
  }

  @Test
  void takesAllOfABufferWhateverKindItIs() {
    ByteBuffer direct = ByteBuffer.allocateDirect(16).put(bytes("--content--"));
    direct.position(2).limit(9);
    try (BlobWriter writer = store().append(key, ByteSize.ZERO)) {
      writer.write(direct);
      writer.sync();
    }

    assertThat(direct.hasRemaining()).isFalse();
    assertThat(contentOf(key, 7)).isEqualTo("content");
  }

  @Test
  void tellsTheWritersPosition() {
    append(0, "content");
    try (BlobWriter writer = store().append(key, new ByteSize(3))) {
      assertThat(writer.position()).isEqualTo(3);
      writer.write(bytes("12"));
      assertThat(writer.position()).isEqualTo(5);
    }
  }

  @Test
  void aSecondWriterClosesTheFirst() {
    BlobWriter first = store().append(key, ByteSize.ZERO);
    first.write(bytes("first"));
    first.sync();

    try (BlobWriter second = store().append(key, new ByteSize(5))) {
      assertThatThrownBy(() -> first.write(bytes("late"))).isInstanceOf(RegistryException.class);
      first.close();
      second.write(bytes("+second"));
      second.sync();
    }

    assertThat(contentOf(key, 12)).isEqualTo("first+second");
  }

  @Test
  void aWriterMayBeClosedTwice() {
    BlobWriter writer = store().append(key, ByteSize.ZERO);
    writer.close();

    assertThatCode(writer::close).doesNotThrowAnyException();
  }

  @Test
  void aClosedWriterWritesNothing() {
    BlobWriter writer = store().append(key, ByteSize.ZERO);
    writer.close();

    assertThatThrownBy(() -> writer.write(bytes("late"))).isInstanceOf(RegistryException.class);
  }

  @Test
  void cannotContinueBeyondWhatIsThere() {
    append(0, "content");

    assertUnavailable(8);
    assertThat(contentOf(key, 7)).isEqualTo("content");
  }

  @Test
  void cannotContinueWhatIsNotThere() {
    assertUnavailable(1);
    assertThat(store().open(key)).isEmpty();
  }

  @Test
  void opensNothingUnderAnUnknownKey() {
    assertThat(store().open(key)).isEmpty();
  }

  @Test
  void opensNothingThatWasDeleted() {
    append(0, "content");

    store().delete(key);

    assertThat(store().open(key)).isEmpty();
  }

  @Test
  void deletesTwiceAndWhatWasNeverThere() {
    append(0, "content");
    store().delete(key);

    assertThatCode(() -> store().delete(key)).doesNotThrowAnyException();
    assertThatCode(() -> store().delete(new StorageKey(UUID.randomUUID())))
        .doesNotThrowAnyException();
  }

  @Test
  void readsFromAnyPosition() {
    append(0, "content");
    BlobContent content = store().open(key).orElseThrow();

    assertThat(new String(read(content, 3, 2), StandardCharsets.UTF_8)).isEqualTo("te");
    assertThat(new String(read(content, 3, 4), StandardCharsets.UTF_8)).isEqualTo("tent");
    assertThat(read(content, 7, 0)).isEmpty();
  }

  @Test
  void aHealthyStorePassesTheProbe() {
    assertThatCode(() -> store().probe()).doesNotThrowAnyException();
  }

  private void append(long from, String text) {
    try (BlobWriter writer = store().append(key, new ByteSize(from))) {
      writer.write(bytes(text));
      writer.sync();
    }
  }

  private void assertUnavailable(long from) {
    assertThatThrownBy(() -> store().append(key, new ByteSize(from)))
        .asInstanceOf(type(RegistryException.class))
        .extracting(RegistryException::error)
        .isInstanceOf(Unavailable.class);
  }

  /** All of the content, which must have {@code length} bytes where the store can tell. */
  private String contentOf(StorageKey which, long length) {
    BlobContent content = store().open(which).orElseThrow();
    return new String(read(content, 0, length), StandardCharsets.UTF_8);
  }

  private static byte[] read(BlobContent content, long offset, long length) {
    try {
      return switch (content) {
        case BlobContent.LocalFile(var path) ->
            Arrays.copyOfRange(Files.readAllBytes(path), (int) offset, (int) (offset + length));
        case BlobContent.Streamed(var source) -> {
          try (InputStream stream = source.read(offset, length)) {
            yield stream.readAllBytes();
          }
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
