package io.gantry.persistence.upload;

import static io.gantry.domain.link.Contents.digestOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.reclaim.KeyReserve;
import io.gantry.domain.upload.Arrival;
import io.gantry.domain.upload.Claim;
import io.gantry.domain.upload.Sessions;
import io.gantry.domain.upload.Upload;
import io.gantry.domain.upload.UploadIntake;
import io.gantry.domain.upload.UploadRepository;
import io.gantry.persistence.AtOnce;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

/**
 * The short and the ordinary way into the same few sessions at once, in groups whose orders differ,
 * while they are closed and cancelled.
 */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class WritersAtOnceTest {
  private static final int SESSIONS = 6;
  private static final int THREADS = 12;
  private static final int TRIES = 4;
  private static final Duration LONG = Duration.ofMinutes(10);

  @Inject UploadIntake intake;
  @Inject UploadRepository uploads;
  @Inject BlobLinks links;
  @Inject KeyReserve reserve;
  @Inject PostgresContent content;

  private List<Upload> sessions = List.of();

  @BeforeEach
  void openSessions() {
    content.clear();
    ImageId image = content.anImage();
    sessions = Stream.generate(() -> Sessions.inImage(image)).limit(SESSIONS).toList();
    assertThat(content.unitOfWork().withoutTransaction(() -> intake.open(sessions, LONG)))
        .hasSize(SESSIONS);
  }

  /** Two sessions have the same content. */
  @RepeatedTest(20)
  void leaveEveryKeyWithOneName() {
    List<StorageKey> given =
        AtOnce.call(THREADS, this::disturb).stream().flatMap(List::stream).toList();
    assertThat(given).isNotEmpty();

    List<StorageKey> named = new ArrayList<>(content.tombstones());
    Set<StorageKey> blobs = new HashSet<>();
    for (int i = 0; i < SESSIONS; i++) {
      Upload session = sessions.get(i);
      find(session).map(Upload::key).ifPresent(named::add);
      linked(i).map(Blob::key).ifPresent(blobs::add);
      boolean closed =
          content
              .unitOfWork()
              .inTransaction(() -> uploads.closedAs(session.image(), session.id()))
              .isPresent();
      if (closed) assertThat(linked(i)).isPresent();
    }
    named.addAll(blobs);
    assertThat(named).doesNotHaveDuplicates().containsAll(given);
  }

  /** Does things to the sessions, and returns the keys under which it may have stored bytes. */
  private List<StorageKey> disturb(int thread) {
    return IntStream.range(0, TRIES)
        .boxed()
        .flatMap(
            round ->
                switch (thread % 6) {
                  case 0, 1 -> write(thread);
                  case 2, 3 -> finish(thread);
                  case 4 -> append((thread + round) % SESSIONS);
                  default -> cancel((thread + round) % SESSIONS);
                })
        .toList();
  }

  private Stream<StorageKey> write(int thread) {
    List<StorageKey> keys =
        content.unitOfWork().inTransaction(() -> reserve.reserve(SESSIONS, LONG));
    List<Arrival> arrivals =
        order(thread)
            .mapToObj(
                i ->
                    new Arrival(
                        sessions.get(i).image(),
                        sessions.get(i).id(),
                        new Blob(digestOf(text(i)), size(i), keys.get(i))))
            .toList();
    var _ = content.unitOfWork().withoutTransaction(() -> intake.write(arrivals, LONG));
    return keys.stream();
  }

  private Stream<StorageKey> finish(int thread) {
    List<Claim> claims =
        order(thread)
            .mapToObj(
                i -> new Claim(sessions.get(i).image(), sessions.get(i).id(), digestOf(text(i))))
            .toList();
    var _ = content.unitOfWork().withoutTransaction(() -> intake.finish(claims, LONG, LONG));
    return Stream.empty();
  }

  /** A writer of the ordinary way; it leaves the session to its successor if it is one. */
  private Stream<StorageKey> append(int i) {
    Upload session = sessions.get(i);
    Optional<Upload> begun =
        content
            .unitOfWork()
            .inTransaction(() -> uploads.beginWrite(session.image(), session.id(), LONG));
    begun
        .map(
            upload ->
                new Upload(
                    upload.id(),
                    upload.image(),
                    upload.key(),
                    size(i).bytes(),
                    upload.epoch(),
                    Optional.of(digestOf(text(i)))))
        .ifPresent(upload -> content.unitOfWork().run(() -> uploads.advance(upload, LONG)));
    return begun.map(Upload::key).stream();
  }

  private Stream<StorageKey> cancel(int i) {
    Upload session = sessions.get(i);
    // Half of them stay, or nothing would be closed.
    if (i % 2 == 0) {
      content.unitOfWork().run(() -> uploads.cancel(session.image(), session.id()));
    }
    return Stream.empty();
  }

  private static IntStream order(int thread) {
    return IntStream.range(0, SESSIONS).map(i -> thread % 2 == 0 ? i : SESSIONS - 1 - i);
  }

  private static String text(int session) {
    return "content " + session % (SESSIONS - 1);
  }

  private static ByteSize size(int session) {
    return new ByteSize(text(session).length());
  }

  private Optional<Upload> find(Upload session) {
    return content.unitOfWork().inTransaction(() -> uploads.find(session.image(), session.id()));
  }

  private Optional<Blob> linked(int session) {
    return content
        .unitOfWork()
        .inTransaction(() -> links.find(sessions.get(session).image(), digestOf(text(session))));
  }
}
