package io.gantry.persistence.manifest;

import static io.gantry.domain.upload.Sessions.inImage;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.BlobPorts;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.upload.Arrival;
import io.gantry.domain.upload.Claim;
import io.gantry.domain.upload.Upload;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Blobs that come to images in every way, each time under another key, and are collected. Bytes are
 * not stored: what counts is whose would have been deleted.
 */
final class BlobTraffic {
  private static final Duration HOUR = Duration.ofHours(1);

  private final BlobPorts ports;
  private final Set<Way> gone = ConcurrentHashMap.newKeySet();
  private final Set<StorageKey> deleted = ConcurrentHashMap.newKeySet();

  BlobTraffic(BlobPorts ports) {
    this.ports = ports;
  }

  /** What becomes of a session. */
  private enum Way {
    CLOSED_AT_ONCE,
    STREAMED,
    WRITTEN_IN_STEPS,
    CANCELLED
  }

  /** Opens a session for this content and goes one of the ways with it, if the image is usable. */
  void upload(Random random, ImageId image, Blob content) {
    Way way = Way.values()[random.nextInt(Way.values().length)];
    Upload upload = inImage(image);
    if (alone(() -> ports.intake().open(List.of(upload), HOUR)).isEmpty()) return;
    boolean done =
        switch (way) {
          case CLOSED_AT_ONCE -> closeAtOnce(upload, content);
          case STREAMED -> stream(upload, content);
          case WRITTEN_IN_STEPS -> writeInSteps(upload, content);
          case CANCELLED -> inTransaction(() -> ports.uploads().cancel(image, upload.id()));
        };
    if (done) gone.add(way);
  }

  private boolean closeAtOnce(Upload upload, Blob content) {
    List<Arrival> arrival = List.of(arrival(upload, content));
    return !alone(() -> ports.intake().close(arrival, HOUR, aLease())).isEmpty();
  }

  private boolean stream(Upload upload, Blob content) {
    List<Arrival> first = List.of(arrival(upload, content));
    if (alone(() -> ports.intake().write(first, HOUR)).isEmpty()) return false;
    List<Claim> claim = List.of(new Claim(upload.image(), upload.id(), content.digest()));
    return !alone(() -> ports.intake().finish(claim, HOUR, aLease())).isEmpty();
  }

  private boolean writeInSteps(Upload upload, Blob content) {
    Optional<Upload> begun =
        inTransaction(() -> ports.uploads().beginWrite(upload.image(), upload.id(), HOUR));
    return begun.map(writer -> finish(writer, content)).orElse(false);
  }

  private boolean finish(Upload begun, Blob content) {
    Upload written =
        new Upload(
            begun.id(),
            begun.image(),
            begun.key(),
            content.size().bytes(),
            begun.epoch(),
            Optional.of(content.digest()));
    return inTransaction(() -> ports.uploads().advance(written, HOUR))
        && inTransaction(
            () -> {
              if (!ports.uploads().close(written, content.digest(), HOUR)) return false;
              add(written.image(), under(written.key(), content));
              return true;
            });
  }

  private Arrival arrival(Upload upload, Blob content) {
    StorageKey key = inTransaction(() -> ports.reserve().reserve(1, HOUR)).getFirst();
    return new Arrival(upload.image(), upload.id(), under(key, content));
  }

  /** Links this content to an image without a session. */
  void link(ImageId image, Blob content) {
    ports.content().unitOfWork().run(() -> add(image, under(aKey(), content)));
  }

  private void add(ImageId image, Blob blob) {
    var _ = ports.links().add(image, blob, aLease());
  }

  private static Blob under(StorageKey key, Blob content) {
    return new Blob(content.digest(), content.size(), key);
  }

  private static StorageKey aKey() {
    return new StorageKey(UUID.randomUUID());
  }

  /** Half of what comes may be collected at once. */
  private static Duration aLease() {
    return ThreadLocalRandom.current().nextBoolean() ? HOUR : Duration.ZERO;
  }

  /** A round of collection of at most so many of each; false if there was nothing to do. */
  boolean collect(int limit) {
    long ended = inTransaction(() -> ports.uploads().expire(limit));
    long unlinked = inTransaction(() -> ports.garbage().unlinkUnused(limit));
    long buried = inTransaction(() -> ports.garbage().buryUnlinked(limit)).items();
    long images = inTransaction(() -> ports.garbage().removeEmptyImages(limit));
    List<StorageKey> due = inTransaction(() -> ports.garbage().dueTombstones(limit, HOUR));
    deleted.addAll(due);
    ports.content().unitOfWork().run(() -> ports.garbage().forget(due));
    return ended + unlinked + buried + images + due.size() > 0;
  }

  /** Whose bytes were deleted before is not what the image has now. */
  void requireKept(ImageId image, List<Blob> contents) {
    Set<StorageKey> before = Set.copyOf(deleted);
    for (Blob content : contents) {
      inTransaction(() -> ports.links().find(image, content.digest()))
          .ifPresent(linked -> assertThat(before).doesNotContain(linked.key()));
    }
  }

  /** Without this the test would prove nothing. */
  void requireEverythingHappened() {
    assertThat(gone).containsAll(EnumSet.allOf(Way.class));
    assertThat(deleted).isNotEmpty();
  }

  private <T> T inTransaction(Supplier<T> work) {
    return ports.content().unitOfWork().inTransaction(work);
  }

  private <T> T alone(Supplier<T> work) {
    return ports.content().unitOfWork().withoutTransaction(work);
  }
}
