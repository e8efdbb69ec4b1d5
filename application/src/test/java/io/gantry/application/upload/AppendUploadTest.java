package io.gantry.application.upload;

import static io.gantry.application.repository.DataPlane.digestOf;
import static io.gantry.application.repository.DataPlane.failureOf;
import static io.gantry.application.upload.Uploads.body;
import static io.gantry.application.upload.Uploads.chunk;
import static io.gantry.application.upload.Uploads.cutAfter;
import static io.gantry.application.upload.Uploads.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.application.repository.DataPlane;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.error.RegistryError.BodyTimeout;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.RangeInvalid;
import io.gantry.domain.error.RegistryError.SizeMismatch;
import io.gantry.domain.error.RegistryError.TooLarge;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.upload.Upload;
import io.gantry.domain.upload.UploadId;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AppendUploadTest {
  private final DataPlane plane = new DataPlane();
  private final Uploads uploads = new Uploads(plane);
  private final UploadId id = uploads.start();

  @Test
  void beginsEmpty() {
    assertThat(uploads.length(id)).isZero();
    assertThat(plane.store.keys()).isEmpty();
  }

  @Test
  void appendsWhereTheSessionStands() {
    assertThat(uploads.append(id, body("hello "))).isEqualTo(6);
    assertThat(uploads.append(id, chunk("world", 6, 10))).isEqualTo(11);
    assertThat(uploads.length(id)).isEqualTo(11);
    uploads.commit(id, digestOf("hello world"), ChunkBody.empty());
    assertThat(uploads.pulled(digestOf("hello world"))).isEqualTo("hello world");
  }

  @Test
  void appendsABodyOfManyBuffers() {
    String large = "0123456789abcdef".repeat(100_000);
    byte[] bytes = large.getBytes(StandardCharsets.US_ASCII);
    assertThat(uploads.append(id, streamed(new ByteArrayInputStream(bytes))))
        .isEqualTo(bytes.length);
    uploads.commit(id, digestOf(large), ChunkBody.empty());
    assertThat(uploads.pulled(digestOf(large))).isEqualTo(large);
  }

  @Test
  void storesALongBodyFromTheBufferThatItWasReadAheadInto() {
    byte[] bytes = new byte[1_000_000];
    Set<byte[]> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
    InputStream observed =
        new FilterInputStream(new ByteArrayInputStream(bytes)) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            buffers.add(into);
            return super.read(into, offset, length);
          }
        };

    assertThat(uploads.append(id, streamed(observed))).isEqualTo(bytes.length);
    assertThat(buffers.stream().filter(buffer -> buffer.length >= 256 * 1024)).hasSize(1);
  }

  @Test
  void recordsASmallBodyOfUnknownLengthUnderAReservedKey() {
    StorageKey own = find().key();
    assertThat(uploads.append(id, streamed(stream("hello ")))).isEqualTo(6);

    Upload written = find();
    assertThat(written.epoch()).isEqualTo(1);
    assertThat(written.content()).contains(digestOf("hello "));
    assertThat(written.key()).isNotEqualTo(own);
    assertThat(plane.store.keys()).containsExactly(written.key());
    assertThat(plane.registry.tombstones).doesNotContainKey(written.key());
    assertThat(uploads.length(id)).isEqualTo(6);
  }

  @Test
  void continuesTheDigestOfASmallBody() {
    uploads.append(id, streamed(stream("hello ")));
    String more = "0123456789abcdef".repeat(20_000);

    assertThat(uploads.append(id, streamed(stream(more)))).isEqualTo(6 + more.length());
    assertThat(find().content()).contains(digestOf("hello " + more));
    assertThat(plane.store.keys()).hasSize(1);
    uploads.commit(id, digestOf("hello " + more), ChunkBody.empty());
    assertThat(uploads.pulled(digestOf("hello " + more))).isEqualTo("hello " + more);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32 * 1024, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 700_000})
  void takesBodiesOfAnyLengthWhetherAnnouncedOrNot(int length) {
    String content = "0123456789abcdef".repeat(length / 16 + 1).substring(0, length);
    for (ChunkBody body : List.of(body(content), streamed(stream(content)))) {
      UploadId one = uploads.start();
      assertThat(uploads.append(one, body)).isEqualTo(length);
      uploads.commit(one, digestOf(content), ChunkBody.empty());
    }
    assertThat(uploads.pulled(digestOf(content))).isEqualTo(content);
  }

  @Test
  void hashesASmallBodyAsTheSessionWasToldTo() {
    Digest sha512 = Digest.of(DigestAlgorithm.SHA512, "hello".getBytes(StandardCharsets.US_ASCII));
    UploadId told = uploads.start(DigestAlgorithm.SHA512);
    uploads.append(told, body("hello"));

    uploads.commit(told, sha512, ChunkBody.empty());
    assertThat(uploads.pulled(sha512)).isEqualTo("hello");
  }

  @Test
  void forgetsNothingThatWasRecordedWhenTheAnswerOfTheDatabaseIsLost() {
    Uploads unlucky = new Uploads(plane, new LostAnswers());

    assertThatThrownBy(() -> unlucky.append(id, body("hello"))).isInstanceOf(LostAnswer.class);
    assertThat(uploads.length(id)).isEqualTo(5);
    uploads.commit(id, digestOf("hello"), ChunkBody.empty());
    assertThat(uploads.pulled(digestOf("hello"))).isEqualTo("hello");
  }

  private static final class LostAnswer extends RuntimeException {}

  /** Loses the answer to whatever changes something without a transaction. */
  private final class LostAnswers implements UnitOfWork {
    @Override
    public <T> T inTransaction(Supplier<T> work) {
      return plane.unitOfWork.inTransaction(work);
    }

    @Override
    public <T> T withoutTransaction(Supplier<T> work) {
      var before = Map.copyOf(plane.registry.uploads);
      T answer = plane.unitOfWork.withoutTransaction(work);
      if (!plane.registry.uploads.equals(before)) throw new LostAnswer();
      return answer;
    }
  }

  private Upload find() {
    return plane.uploads.find(plane.addImage("app"), id).orElseThrow();
  }

  @Test
  void appendsNothing() {
    assertThat(uploads.append(id, body(""))).isZero();
    assertThat(uploads.append(id, body("x"))).isEqualTo(1);
    assertThat(uploads.append(id, body(""))).isEqualTo(1);
  }

  @Test
  void keepsWhatCameBeforeTheBodyWasCut() {
    assertThat(failureOf(() -> uploads.append(id, streamed(cutAfter("hello ")))))
        .isInstanceOf(BodyTimeout.class);
    assertThat(uploads.length(id)).isEqualTo(6);
    assertThat(uploads.append(id, chunk("world", 6, 10))).isEqualTo(11);
    uploads.commit(id, digestOf("hello world"), ChunkBody.empty());
    assertThat(uploads.pulled(digestOf("hello world"))).isEqualTo("hello world");
  }

  @Test
  void keepsThePartOfACutChunkThatIsInItsRange() {
    ChunkBody cut =
        new ChunkBody(cutAfter("hel"), OptionalLong.of(5), Optional.of(new ContentRange(0, 4)));
    assertThat(failureOf(() -> uploads.append(id, cut))).isInstanceOf(BodyTimeout.class);
    assertThat(uploads.length(id)).isEqualTo(3);
  }

  @Test
  void keepsNothingOfACutChunkThatLeftItsRange() {
    ChunkBody cut =
        new ChunkBody(cutAfter("hello"), OptionalLong.empty(), Optional.of(new ContentRange(0, 2)));
    assertThat(failureOf(() -> uploads.append(id, cut))).isEqualTo(new SizeMismatch(3, 5));
    assertThat(uploads.length(id)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "4, 8", "6, 10", "100, 104"})
  void keepsNothingOfAChunkInTheWrongPlace(long first, long last) {
    uploads.append(id, body("hello"));
    assertThat(failureOf(() -> uploads.append(id, chunk("world", first, last))))
        .isEqualTo(new RangeInvalid(id.toString(), 5));
    assertThat(uploads.length(id)).isEqualTo(5);
    uploads.commit(id, digestOf("hello"), ChunkBody.empty());
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1", "0, 3, 4", "0, 5, 6", "0, 99, 100"})
  void keepsNothingOfAChunkThatIsNotAsLongAsItsRange(long first, long last, long length) {
    assertThat(failureOf(() -> uploads.append(id, chunk("world", first, last))))
        .isEqualTo(new SizeMismatch(length, 5));
    assertThat(uploads.length(id)).isZero();
    assertThat(uploads.append(id, chunk("hello", 0, 4))).isEqualTo(5);
    uploads.commit(id, digestOf("hello"), ChunkBody.empty());
    assertThat(uploads.pulled(digestOf("hello"))).isEqualTo("hello");
  }

  @Test
  void staysAsItWasWhenTheBlobWouldBeTooLarge() {
    int limit = Math.toIntExact(DataPlane.LIMITS.blob().bytes());
    TooLarge tooLarge = new TooLarge("the blob", limit);
    uploads.append(id, body("hello"));
    String room = "x".repeat(limit - 5);

    assertThat(failureOf(() -> uploads.append(id, body(room + "y")))).isEqualTo(tooLarge);
    assertThat(failureOf(() -> uploads.append(id, streamed(stream(room + "y")))))
        .isEqualTo(tooLarge);
    assertThat(failureOf(() -> uploads.commit(id, digestOf("y"), body(room + "y"))))
        .isEqualTo(tooLarge);

    assertThat(uploads.length(id)).isEqualTo(5);
    assertThat(uploads.append(id, streamed(stream(room)))).isEqualTo(limit);
    assertThat(failureOf(() -> uploads.append(id, body("y")))).isEqualTo(tooLarge);
    uploads.commit(id, digestOf("hello" + room), ChunkBody.empty());
  }

  private static InputStream stream(String content) {
    return new ByteArrayInputStream(content.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void continuesOnAnotherReplica() {
    Uploads other = new Uploads(plane);
    uploads.append(id, body("one "));
    other.append(id, body("two "));
    uploads.append(id, body("three"));
    other.commit(id, digestOf("one two three"), ChunkBody.empty());
    assertThat(uploads.pulled(digestOf("one two three"))).isEqualTo("one two three");
  }

  @Test
  void findsNoSessionThatIsUnknownClosedCancelledOrExpired() {
    UploadId closed = uploads.start();
    uploads.commit(closed, digestOf("x"), body("x"));
    UploadId cancelled = uploads.start();
    uploads.cancel(cancelled);
    requireGone(new UploadId(UUID.randomUUID()));
    requireGone(closed);
    requireGone(cancelled);
    plane.registry.clock.advance(DataPlane.LIMITS.idle().plus(Duration.ofSeconds(1)));
    requireGone(id);
  }

  @Test
  void livesOnWhileItIsWrittenTo() {
    for (int i = 0; i < 5; i++) {
      plane.registry.clock.advance(DataPlane.LIMITS.idle().minusHours(1));
      uploads.append(id, body("x"));
    }
    assertThat(uploads.length(id)).isEqualTo(5);
  }

  private void requireGone(UploadId gone) {
    NotFound notFound = new NotFound(ResourceType.UPLOAD, gone.toString());
    assertThat(failureOf(() -> uploads.append(gone, body("x")))).isEqualTo(notFound);
    assertThat(failureOf(() -> uploads.length(gone))).isEqualTo(notFound);
    assertThat(failureOf(() -> uploads.cancel(gone))).isEqualTo(notFound);
  }
}
