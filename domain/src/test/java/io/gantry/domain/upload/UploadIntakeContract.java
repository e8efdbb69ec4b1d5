package io.gantry.domain.upload;

import static io.gantry.domain.link.Contents.digestOf;
import static io.gantry.domain.upload.Sessions.inImage;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link UploadIntake} does. */
public abstract class UploadIntakeContract extends IntakeScene {

  @Nested
  class Open {
    @Test
    void addsSessionsOfSeveralImages() {
      Upload one = inImage(content().anImage());
      Upload other = inImage(content().anImage());

      assertThat(open(one, other)).containsExactlyInAnyOrder(one.id(), other.id());
      assertThat(find(one)).contains(one);
      assertThat(find(other)).contains(other);
    }

    @Test
    void leavesOutThoseWhoseImageIsNotUsable() {
      ImageId deleted = content().anImage();
      content().hide(deleted);
      Upload hidden = inImage(deleted);
      Upload absent = inImage(new ImageId(UUID.randomUUID()));
      Upload good = inImage(content().anImage());

      assertThat(open(hidden, absent, good)).containsExactly(good.id());
      assertThat(find(hidden)).isEmpty();
    }

    @Test
    void remembersWhatTheBytesAreHashedUnder() {
      Upload upload = inImage(content().anImage(), DigestAlgorithm.SHA512);
      Upload other = inImage(content().anImage());

      open(upload, other);
      assertThat(find(upload)).contains(upload);
      assertThat(find(other)).contains(other);
    }

    @Test
    void sessionsExpireWhenTheyAreIdle() {
      Upload upload = anUpload();
      content().letTimePass(IDLE.plusSeconds(1));

      assertThat(find(upload)).isEmpty();
    }
  }

  @Nested
  class Close {
    @Test
    void recordsLinksAndCloses() {
      Upload upload = anUpload();
      Arrival arrival = arrival(upload, "hello");

      assertThat(close(arrival)).containsExactly(upload.id());
      assertThat(linked(upload, "hello")).contains(arrival.blob());
      assertThat(content().isLeased(upload.image(), digestOf("hello"))).isTrue();
      assertThat(closedAs(upload)).contains(digestOf("hello"));
      assertThat(content().tombstones()).doesNotContain(arrival.blob().key());
    }

    @Test
    void takesSeveralAtOnceIntoSeveralImages() {
      Upload one = anUpload();
      Upload other = anUpload();

      assertThat(close(arrival(one, "one"), arrival(other, "other")))
          .containsExactlyInAnyOrder(one.id(), other.id());
      assertThat(linked(one, "one")).isPresent();
      assertThat(linked(other, "other")).isPresent();
      assertThat(linked(one, "other")).isEmpty();
    }

    @Test
    void keepsOneOfSeveralWithOneDigest() {
      Upload one = anUpload();
      Upload other = anUpload();
      Arrival first = arrival(one, "same");
      Arrival second = arrival(other, "same");

      assertThat(close(first, second)).hasSize(2);
      StorageKey kept = linked(one, "same").orElseThrow().key();
      assertThat(linked(other, "same").orElseThrow().key()).isEqualTo(kept);
      assertThat(content().tombstones())
          .contains(kept.equals(first.blob().key()) ? second.blob().key() : first.blob().key())
          .doesNotContain(kept);
    }

    @Test
    void keepsTheBlobThatTheRegistryHas() {
      Arrival earlier = arrival(anUpload(), "same");
      close(earlier);
      Upload upload = anUpload();
      Arrival later = arrival(upload, "same");

      assertThat(close(later)).containsExactly(upload.id());
      assertThat(linked(upload, "same")).contains(earlier.blob());
      assertThat(content().tombstones()).contains(later.blob().key());
    }

    @Test
    void keepsOthersInWhenOneCannotBeTaken() {
      Upload good = anUpload();
      Upload gone = inImage(content().anImage());

      assertThat(close(arrival(gone, "gone"), arrival(good, "good"))).containsExactly(good.id());
      assertThat(content().hasBlob(digestOf("gone"))).isFalse();
    }

    @Test
    void leavesASessionAloneThatSomebodyHasWrittenTo() {
      Upload upload = anUpload();
      assertThat(begin(upload)).isPresent();

      assertThat(close(arrival(upload, "late"))).isEmpty();
      assertThat(content().hasBlob(digestOf("late"))).isFalse();
      assertThat(find(upload)).isPresent();
    }

    @Test
    void leavesAClosedSessionAlone() {
      Upload upload = anUpload();
      close(arrival(upload, "first"));

      assertThat(close(arrival(upload, "second"))).isEmpty();
      assertThat(closedAs(upload)).contains(digestOf("first"));
    }

    @Test
    void leavesAnIdleSessionAlone() {
      Upload upload = anUpload();
      content().letTimePass(IDLE.plusSeconds(1));

      assertThat(close(arrival(upload, "late"))).isEmpty();
    }

    @Test
    void findsASessionOnlyInItsOwnImage() {
      Upload upload = anUpload();
      Arrival right = arrival(upload, "hello");
      Arrival wrong = new Arrival(content().anImage(), upload.id(), right.blob());

      assertThat(close(wrong)).isEmpty();
      assertThat(find(upload)).contains(upload);
    }

    @Test
    void takesNothingIntoAnImageThatIsBeingDeleted() {
      Upload upload = anUpload();
      content().hide(upload.image());

      assertThat(close(arrival(upload, "late"))).isEmpty();
      assertThat(content().hasBlob(digestOf("late"))).isFalse();
    }

    @Test
    void takesNothingUnderAKeyWhosePeriodIsOver() {
      Upload upload = anUpload();
      Arrival arrival = arrival(upload, "late");
      content().letTimePass(PERIOD.plusSeconds(1));

      assertThat(close(arrival)).isEmpty();
      assertThat(content().hasBlob(digestOf("late"))).isFalse();
      assertThat(find(upload)).contains(upload);
      assertThat(content().tombstones()).contains(arrival.blob().key());
    }

    @Test
    void takesNothingUnderAKeyWhoseBytesMayBeGone() {
      Arrival arrival = arrival(inImage(content().anImage()), "late");
      content().letTimePass(PERIOD.plusSeconds(1));
      assertThat(inTransaction(() -> garbage().dueTombstones(100, Duration.ofHours(1))))
          .contains(arrival.blob().key());
      Upload upload = anUpload();

      assertThat(close(new Arrival(upload.image(), upload.id(), arrival.blob()))).isEmpty();
    }

    /**
     * Whoever does not hear how it went deletes the bytes, and what was asked for may come late.
     */
    @Test
    void takesNothingUnderAKeyThatWasGivenUp() {
      Upload upload = anUpload();
      Arrival arrival = arrival(upload, "late");
      assertThat(inTransaction(() -> uploads().bury(arrival.blob().key()))).isTrue();

      assertThat(close(arrival)).isEmpty();
      assertThat(content().hasBlob(digestOf("late"))).isFalse();
      assertThat(find(upload)).contains(upload);
      assertThat(content().tombstones()).contains(arrival.blob().key());
    }

    @Test
    void takesNothingUnderAKeyThatWasNeverReserved() {
      Upload upload = anUpload();
      StorageKey key = new StorageKey(UUID.randomUUID());

      assertThat(close(new Arrival(upload.image(), upload.id(), blob("hello", key)))).isEmpty();
    }
  }

  @Nested
  class Untouched {
    @Test
    void areThoseThatNobodyHasBegunToWriteTo() {
      Upload one = anUpload();
      Upload begun = anUpload();
      begin(begun);
      Upload written = anUpload();
      write(arrival(written, "hello"));
      Upload closed = anUpload();
      close(arrival(closed, "hello"));
      Upload never = inImage(content().anImage());

      assertThat(untouched(one, begun, written, closed, never)).containsExactly(one);
    }

    @Test
    void areNotIdle() {
      Upload upload = anUpload();
      content().letTimePass(IDLE.plusSeconds(1));

      assertThat(untouched(upload)).isEmpty();
    }

    @Test
    void sayWhatTheirBytesAreHashedUnder() {
      Upload upload = inImage(content().anImage(), DigestAlgorithm.SHA512);
      open(upload);

      assertThat(untouched(upload)).containsExactly(upload);
    }
  }

  private Collection<Upload> untouched(Upload... asked) {
    List<UploadId> ids = Stream.of(asked).map(Upload::id).toList();
    return unitOfWork().withoutTransaction(() -> intake().untouched(ids));
  }
}
