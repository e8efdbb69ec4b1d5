package io.gantry.domain.upload;

import static io.gantry.domain.link.Contents.blobOf;
import static io.gantry.domain.link.Contents.digestOf;
import static io.gantry.domain.upload.Sessions.inImage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.gantry.domain.BlobScene;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.image.ImageId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link UploadRepository} does. */
public abstract class UploadRepositoryContract extends BlobScene {
  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final Duration REMEMBER = Duration.ofHours(1);
  private static final Digest DIGEST = digestOf("all of it");

  @Test
  void findsASessionThatWasAdded() {
    Upload upload = anUpload();

    assertThat(find(upload)).contains(upload);
    assertThat(closedAs(upload)).isEmpty();
  }

  @Test
  void findsASessionOnlyInItsOwnImage() {
    Upload upload = anUpload();
    ImageId other = content().anImage();

    assertThat(inTransaction(() -> uploads().find(other, upload.id()))).isEmpty();
    assertThat(inTransaction(() -> uploads().beginWrite(other, upload.id(), IDLE))).isEmpty();
    assertThat(inTransaction(() -> uploads().cancel(other, upload.id()))).isFalse();
    assertThat(find(upload)).contains(upload);
  }

  @Test
  void refusesASessionInAnImageThatIsNotThere() {
    Upload upload = inImage(new ImageId(UUID.randomUUID()));

    assertThatThrownBy(() -> unitOfWork().run(() -> uploads().add(upload, IDLE)))
        .asInstanceOf(type(RegistryException.class))
        .extracting(RegistryException::error)
        .isInstanceOf(NotFound.class);
  }

  @Test
  void eachWriterHasAnEpochOfItsOwn() {
    Upload upload = anUpload();

    long first = beginWrite(upload).epoch();
    long second = beginWrite(upload).epoch();

    assertThat(first).isGreaterThan(upload.epoch());
    assertThat(second).isGreaterThan(first);
  }

  @Test
  void theNewestWriterRecordsProgress() {
    Upload progress = withLength(beginWrite(anUpload()), 5, Optional.of(digestOf("12345")));

    assertThat(advance(progress)).isTrue();
    assertThat(find(progress)).contains(progress);
    assertThat(beginWrite(progress).length()).isEqualTo(5);
  }

  @Test
  void progressMayBeOfUnknownContent() {
    Upload known = withLength(beginWrite(anUpload()), 5, Optional.of(digestOf("12345")));
    advance(known);
    Upload unknown = withLength(known, 7, Optional.empty());

    assertThat(advance(unknown)).isTrue();
    assertThat(find(unknown)).contains(unknown);
  }

  @Test
  void anOlderWriterRecordsNothingAnyMore() {
    Upload older = beginWrite(anUpload());
    Upload newer = beginWrite(older);

    assertThat(advance(withLength(older, 5, Optional.empty()))).isFalse();
    assertThat(close(older)).isFalse();
    assertThat(find(newer)).contains(newer);
  }

  @Test
  void closingRemembersWhatTheSessionBecame() {
    Upload upload = beginWrite(anUpload());

    assertThat(close(upload)).isTrue();
    assertThat(closedAs(upload)).contains(DIGEST);
    assertThat(find(upload)).isEmpty();
    assertThat(content().tombstones()).isEmpty();
  }

  @Test
  void aClosedSessionCannotBeChanged() {
    Upload upload = beginWrite(anUpload());
    close(upload);

    assertThat(close(upload)).isFalse();
    assertThat(advance(upload)).isFalse();
    assertThat(cancel(upload)).isFalse();
    assertThat(inTransaction(() -> uploads().beginWrite(upload.image(), upload.id(), IDLE)))
        .isEmpty();
    assertThat(closedAs(upload)).contains(DIGEST);
  }

  @Test
  void aClosedSessionIsForgottenInTheEnd() {
    Upload upload = beginWrite(anUpload());
    close(upload);

    content().letTimePass(REMEMBER.minusMinutes(1));
    assertThat(closedAs(upload)).contains(DIGEST);
    content().letTimePass(Duration.ofMinutes(2));
    assertThat(closedAs(upload)).isEmpty();
    assertThat(expire(10)).isEqualTo(1);
    assertThat(content().tombstones()).isEmpty();
  }

  @Test
  void cancellingBuriesTheBytes() {
    Upload upload = anUpload();

    assertThat(cancel(upload)).isTrue();
    assertThat(find(upload)).isEmpty();
    assertThat(content().tombstones()).containsExactly(upload.key());
    assertThat(cancel(upload)).isFalse();
  }

  @Test
  void theBytesOfAnEndedSessionStayNamedForAWhile() {
    Upload upload = anUpload();
    cancel(upload);

    content().letTimePass(UploadRepository.LATE_WRITER.minusSeconds(10));
    assertThat(due()).isEmpty();
    content().letTimePass(Duration.ofSeconds(11));
    assertThat(due()).containsExactly(upload.key());
  }

  @Test
  void buriesAKeyThatNothingNames() {
    StorageKey key = new StorageKey(UUID.randomUUID());

    assertThat(bury(key)).isTrue();
    assertThat(content().tombstones()).containsExactly(key);
    assertThat(bury(key)).isTrue();
    assertThat(content().tombstones()).containsExactly(key);
  }

  @Test
  void doesNotBuryWhatASessionOrABlobNames() {
    Upload upload = anUpload();
    Blob blob = blobOf("content");
    inTransaction(() -> links().add(upload.image(), blob, IDLE));

    assertThat(bury(upload.key())).isFalse();
    assertThat(bury(blob.key())).isFalse();
    assertThat(content().tombstones()).isEmpty();
  }

  @Test
  void hashesUnderTheAlgorithmItWasStartedFor() {
    Upload upload = inImage(content().anImage(), DigestAlgorithm.SHA512);
    unitOfWork().run(() -> uploads().add(upload, IDLE));

    assertThat(beginWrite(upload).algorithm()).isEqualTo(DigestAlgorithm.SHA512);
    assertThat(beginWrite(anUpload()).algorithm()).isEqualTo(DigestAlgorithm.SHA256);
  }

  @Test
  void nobodyRecordsProgressOfACancelledSession() {
    Upload upload = beginWrite(anUpload());
    cancel(upload);

    assertThat(advance(upload)).isFalse();
    assertThat(close(upload)).isFalse();
  }

  @Test
  void writingKeepsASessionOpen() {
    Upload upload = anUpload();
    content().letTimePass(IDLE.minusMinutes(1));
    Upload begun = beginWrite(upload);
    content().letTimePass(IDLE.minusMinutes(1));
    advance(begun);
    content().letTimePass(IDLE.minusMinutes(1));

    assertThat(find(begun)).contains(begun);
  }

  @Test
  void anIdleSessionIsNotFoundAnyMore() {
    Upload upload = anUpload();
    content().letTimePass(IDLE.plusSeconds(1));

    assertThat(find(upload)).isEmpty();
    assertThat(inTransaction(() -> uploads().beginWrite(upload.image(), upload.id(), IDLE)))
        .isEmpty();
  }

  @Test
  void aLongWriteIsRecordedThoughTheSessionWasIdleMeanwhile() {
    Upload upload = beginWrite(anUpload());
    content().letTimePass(IDLE.plusSeconds(1));

    assertThat(advance(upload)).isTrue();
    assertThat(find(upload)).contains(upload);
  }

  @Test
  void expiringBuriesTheBytesOfIdleSessions() {
    Upload idle = anUpload();
    content().letTimePass(IDLE.plusSeconds(1));
    Upload live = anUpload();

    assertThat(expire(10)).isEqualTo(1);
    assertThat(content().tombstones()).containsExactly(idle.key());
    assertThat(find(live)).contains(live);
    assertThat(expire(10)).isZero();
  }

  @Test
  void expiresNoMoreThanTheLimit() {
    for (int i = 0; i < 3; i++) anUpload();
    content().letTimePass(IDLE.plusSeconds(1));

    assertThat(expire(2)).isEqualTo(2);
    assertThat(expire(2)).isEqualTo(1);
    assertThat(content().tombstones()).hasSize(3);
  }

  private boolean bury(StorageKey key) {
    return inTransaction(() -> uploads().bury(key));
  }

  private List<StorageKey> due() {
    return inTransaction(() -> garbage().dueTombstones(10, IDLE));
  }

  private Upload anUpload() {
    Upload upload = inImage(content().anImage());
    unitOfWork().run(() -> uploads().add(upload, IDLE));
    return upload;
  }

  private static Upload withLength(Upload upload, long length, Optional<Digest> content) {
    return new Upload(upload.id(), upload.image(), upload.key(), length, upload.epoch(), content);
  }

  private Optional<Upload> find(Upload upload) {
    return inTransaction(() -> uploads().find(upload.image(), upload.id()));
  }

  private Upload beginWrite(Upload upload) {
    return inTransaction(() -> uploads().beginWrite(upload.image(), upload.id(), IDLE))
        .orElseThrow();
  }

  private boolean advance(Upload upload) {
    return inTransaction(() -> uploads().advance(upload, IDLE));
  }

  private boolean close(Upload upload) {
    return inTransaction(() -> uploads().close(upload, DIGEST, REMEMBER));
  }

  private Optional<Digest> closedAs(Upload upload) {
    return inTransaction(() -> uploads().closedAs(upload.image(), upload.id()));
  }

  private boolean cancel(Upload upload) {
    return inTransaction(() -> uploads().cancel(upload.image(), upload.id()));
  }

  private int expire(int limit) {
    return inTransaction(() -> uploads().expire(limit));
  }
}
