package io.gantry.domain.upload;

import static io.gantry.domain.link.Contents.digestOf;
import static io.gantry.domain.upload.Sessions.inImage;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.StorageKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link UploadIntake} does about sessions whose bytes come before they are closed. */
public abstract class StreamedIntakeContract extends IntakeScene {

  @Nested
  class Write {
    @Test
    void recordsTheFirstBytesUnderTheReservedKey() {
      Upload upload = anUpload();
      Arrival arrival = arrival(upload, "hello");

      assertThat(write(arrival)).containsExactly(upload.id());
      assertThat(find(upload)).contains(holding(upload, arrival));
      assertThat(content().tombstones()).doesNotContain(arrival.blob().key(), upload.key());
    }

    @Test
    void takesSeveralAtOnceAndKeepsThemApart() {
      Upload one = anUpload();
      Upload other = anUpload();
      Upload gone = inImage(content().anImage());
      Arrival first = arrival(one, "same");
      Arrival second = arrival(other, "same");

      assertThat(write(first, arrival(gone, "gone"), second))
          .containsExactlyInAnyOrder(one.id(), other.id());
      assertThat(find(one)).contains(holding(one, first));
      assertThat(find(other)).contains(holding(other, second));
    }

    @Test
    void keepsTheSessionForAnotherWhile() {
      Upload upload = anUpload();
      content().letTimePass(IDLE.minusSeconds(10));
      write(arrival(upload, "hello"));
      content().letTimePass(IDLE.minusSeconds(10));

      assertThat(find(upload)).isPresent();
    }

    @Test
    void letsAWriterContinueBehindTheFirstBytes() {
      Upload upload = anUpload();
      Arrival arrival = arrival(upload, "hello");
      write(arrival);

      Upload begun = begin(upload).orElseThrow();
      assertThat(begun.key()).isEqualTo(arrival.blob().key());
      assertThat(begun.length()).isEqualTo(5);
      assertThat(begun.epoch()).isEqualTo(2);
    }

    @Test
    void leavesTheKeyToTheReaperWhenTheSessionIsCancelled() {
      Upload upload = anUpload();
      Arrival arrival = arrival(upload, "hello");
      write(arrival);

      assertThat(inTransaction(() -> uploads().cancel(upload.image(), upload.id()))).isTrue();
      assertThat(content().tombstones()).contains(arrival.blob().key());
    }

    @Test
    void leavesASessionAloneThatSomebodyHasBegunToWriteTo() {
      Upload upload = anUpload();
      Upload begun = begin(upload).orElseThrow();

      assertThat(write(arrival(upload, "late"))).isEmpty();
      assertThat(find(upload)).contains(begun);
    }

    @Test
    void leavesASessionAloneThatHoldsBytes() {
      Upload upload = anUpload();
      Arrival first = arrival(upload, "first");
      write(first);
      Arrival second = arrival(upload, "second");

      assertThat(write(second)).isEmpty();
      assertThat(close(second)).isEmpty();
      assertThat(find(upload)).contains(holding(upload, first));
      assertThat(content().tombstones()).contains(second.blob().key());
    }

    @Test
    void leavesAClosedOrIdleSessionAlone() {
      Upload closed = anUpload();
      close(arrival(closed, "first"));
      Upload idle = anUpload();
      content().letTimePass(IDLE.plusSeconds(1));

      assertThat(write(arrival(closed, "late"), arrival(idle, "late"))).isEmpty();
    }

    @Test
    void findsASessionOnlyInItsOwnUsableImage() {
      Upload upload = anUpload();
      Arrival right = arrival(upload, "hello");

      assertThat(write(new Arrival(content().anImage(), upload.id(), right.blob()))).isEmpty();
      content().hide(upload.image());
      assertThat(write(right)).isEmpty();
      assertThat(find(upload)).contains(upload);
    }

    @Test
    void takesNothingUnderAKeyThatIsNotReserved() {
      Upload upload = anUpload();
      Arrival givenUp = arrival(upload, "late");
      assertThat(inTransaction(() -> uploads().bury(givenUp.blob().key()))).isTrue();
      Blob never = blob("hello", new StorageKey(UUID.randomUUID()));

      assertThat(write(givenUp)).isEmpty();
      assertThat(write(new Arrival(upload.image(), upload.id(), never))).isEmpty();
      assertThat(find(upload)).contains(upload);
      assertThat(content().tombstones()).contains(givenUp.blob().key());
    }

    @Test
    void takesNothingUnderAKeyWhosePeriodIsOver() {
      Upload upload = anUpload();
      Arrival arrival = arrival(upload, "late");
      content().letTimePass(PERIOD.plusSeconds(1));

      assertThat(write(arrival)).isEmpty();
      assertThat(content().tombstones()).contains(arrival.blob().key());
    }
  }

  @Nested
  class Finish {
    @Test
    void recordsLinksAndCloses() {
      Upload upload = anUpload();
      Arrival arrival = arrival(upload, "hello");
      write(arrival);

      assertThat(finish(claim(upload, "hello"))).containsExactly(upload.id());
      assertThat(linked(upload, "hello")).contains(arrival.blob());
      assertThat(content().isLeased(upload.image(), digestOf("hello"))).isTrue();
      assertThat(closedAs(upload)).contains(digestOf("hello"));
      assertThat(find(upload)).isEmpty();
      assertThat(content().tombstones()).doesNotContain(arrival.blob().key());
    }

    @Test
    void takesWhatAWriterOfTheOrdinaryWayHasRecorded() {
      Upload upload = anUpload();
      Upload written = advance(begin(upload).orElseThrow(), "hello");

      assertThat(finish(claim(upload, "hello"))).containsExactly(upload.id());
      assertThat(linked(upload, "hello")).contains(blob("hello", written.key()));
    }

    @Test
    void takesSeveralAtOnceIntoSeveralImages() {
      Upload one = aWrittenUpload("one");
      Upload other = aWrittenUpload("other");
      Upload untouched = anUpload();

      assertThat(finish(claim(one, "one"), claim(untouched, "x"), claim(other, "other")))
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
      write(first, second);

      assertThat(finish(claim(one, "same"), claim(other, "same"))).hasSize(2);
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
      write(later);

      assertThat(finish(claim(upload, "same"))).containsExactly(upload.id());
      assertThat(linked(upload, "same")).contains(earlier.blob());
      assertThat(content().tombstones())
          .contains(later.blob().key())
          .doesNotContain(earlier.blob().key());
    }

    @Test
    void leavesASessionAloneThatSomebodyWritesTo() {
      Upload first = anUpload();
      begin(first);
      Upload second = aWrittenUpload("hello");
      begin(second);

      assertThat(finish(claim(first, ""), claim(second, "hello"))).isEmpty();
      assertThat(content().hasBlob(digestOf("hello"))).isFalse();
      assertThat(find(second)).isPresent();
    }

    @Test
    void leavesASessionAloneWhoseContentIsAnother() {
      Upload upload = aWrittenUpload("hello");

      assertThat(finish(claim(upload, "other"))).isEmpty();
      assertThat(content().hasBlob(digestOf("other"))).isFalse();
      assertThat(find(upload)).isPresent();
    }

    @Test
    void leavesAClosedOrIdleSessionAlone() {
      Upload closed = aWrittenUpload("hello");
      finish(claim(closed, "hello"));
      Upload idle = aWrittenUpload("hello");
      content().letTimePass(IDLE.plusSeconds(1));

      assertThat(finish(claim(closed, "hello"), claim(idle, "hello"))).isEmpty();
    }

    @Test
    void findsASessionOnlyInItsOwnUsableImage() {
      Upload upload = aWrittenUpload("hello");

      assertThat(finish(new Claim(content().anImage(), upload.id(), digestOf("hello")))).isEmpty();
      content().hide(upload.image());
      assertThat(finish(claim(upload, "hello"))).isEmpty();
      assertThat(content().hasBlob(digestOf("hello"))).isFalse();
      assertThat(find(upload)).isPresent();
    }
  }

  private Upload aWrittenUpload(String text) {
    Upload upload = anUpload();
    write(arrival(upload, text));
    return upload;
  }

  /** What becomes of an untouched session by these first bytes. */
  private static Upload holding(Upload upload, Arrival first) {
    Blob bytes = first.blob();
    return new Upload(
        upload.id(),
        upload.image(),
        bytes.key(),
        bytes.size().bytes(),
        1,
        Optional.of(bytes.digest()));
  }

  private Set<UploadId> finish(Claim... claims) {
    return unitOfWork().withoutTransaction(() -> intake().finish(List.of(claims), REMEMBER, LEASE));
  }

  private static Claim claim(Upload upload, String text) {
    return new Claim(upload.image(), upload.id(), digestOf(text));
  }

  /** What the only writer records of {@code text}. */
  private Upload advance(Upload begun, String text) {
    Upload written =
        new Upload(
            begun.id(),
            begun.image(),
            begun.key(),
            text.length(),
            begun.epoch(),
            Optional.of(digestOf(text)));
    assertThat(inTransaction(() -> uploads().advance(written, IDLE))).isTrue();
    return written;
  }
}
