package io.gantry.domain.reclaim;

import static io.gantry.domain.link.Contents.blobOf;
import static io.gantry.domain.upload.Sessions.inImage;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.BlobScene;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.upload.Upload;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link Garbage} does. */
public abstract class GarbageContract extends BlobScene {
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final Duration RETRY = Duration.ofMinutes(5);

  @Test
  void unlinksWhatIsNeitherLeasedNorReferredTo() {
    ImageId image = content().anImage();
    Blob blob = link(image, "unused");
    content().letTimePass(LEASE.plusSeconds(1));

    assertThat(unlinkUnused(10)).isEqualTo(1);
    assertThat(inTransaction(() -> links().find(image, blob.digest()))).isEmpty();
    assertThat(unlinkUnused(10)).isZero();
  }

  @Test
  void keepsALeasedLink() {
    ImageId image = content().anImage();
    Blob blob = link(image, "leased");

    assertThat(unlinkUnused(10)).isZero();
    assertThat(inTransaction(() -> links().find(image, blob.digest()))).contains(blob);
  }

  @Test
  void keepsALinkThatAManifestRefersTo() {
    ImageId image = content().anImage();
    Blob blob = link(image, "referred to");
    content().refer(image, blob.digest());
    content().letTimePass(LEASE.plusSeconds(1));

    assertThat(unlinkUnused(10)).isZero();
    assertThat(inTransaction(() -> links().find(image, blob.digest()))).contains(blob);
  }

  @Test
  void keepsALinkThatAManifestWaitedFor() {
    ImageId image = content().anImage();
    content().await(image, blobOf("waited for").digest());
    Blob blob = link(image, "waited for");
    content().letTimePass(LEASE.plusSeconds(1));

    assertThat(unlinkUnused(10)).isZero();
    assertThat(inTransaction(() -> links().find(image, blob.digest()))).contains(blob);
  }

  @Test
  void keepsALinkWhoseDigestAnIndexWaitsFor() {
    ImageId image = content().anImage();
    content().awaitChild(image, blobOf("child").digest());
    Blob blob = link(image, "child");
    content().letTimePass(LEASE.plusSeconds(1));

    assertThat(unlinkUnused(10)).isZero();
    assertThat(inTransaction(() -> links().find(image, blob.digest()))).contains(blob);
  }

  @Test
  void aManifestThatWaitsInOneImageKeepsNoLinkOfAnother() {
    ImageId other = content().anImage();
    content().await(content().anImage(), blobOf("shared").digest());
    Blob blob = link(other, "shared");
    content().letTimePass(LEASE.plusSeconds(1));

    assertThat(unlinkUnused(10)).isEqualTo(1);
    assertThat(inTransaction(() -> links().find(other, blob.digest()))).isEmpty();
  }

  @Test
  void aReferenceInOneImageKeepsNoLinkOfAnother() {
    ImageId image = content().anImage();
    ImageId other = content().anImage();
    Blob blob = link(image, "shared");
    link(other, "shared");
    content().refer(image, blob.digest());
    content().letTimePass(LEASE.plusSeconds(1));

    assertThat(unlinkUnused(10)).isEqualTo(1);
    assertThat(inTransaction(() -> links().find(image, blob.digest()))).isPresent();
    assertThat(inTransaction(() -> links().find(other, blob.digest()))).isEmpty();
  }

  @Test
  void unlinksNoMoreThanTheLimit() {
    ImageId image = content().anImage();
    for (String text : List.of("a", "b", "c")) link(image, text);
    content().letTimePass(LEASE.plusSeconds(1));

    assertThat(unlinkUnused(2)).isEqualTo(2);
    assertThat(unlinkUnused(2)).isEqualTo(1);
  }

  @Test
  void buriesABlobWithoutLinks() {
    ImageId image = content().anImage();
    Blob blob = link(image, "12345");
    unlink(image, blob);

    assertThat(buryUnlinked(10)).isEqualTo(new Reclaimed(1, 5));
    assertThat(content().hasBlob(blob.digest())).isFalse();
    assertThat(content().tombstones()).containsExactly(blob.key());
    assertThat(buryUnlinked(10)).isEqualTo(Reclaimed.NOTHING);
  }

  @Test
  void keepsABlobThatIsLinkedThoughTheLeaseIsOver() {
    ImageId image = content().anImage();
    Blob blob = link(image, "12345");
    content().letTimePass(LEASE.plusSeconds(1));

    assertThat(buryUnlinked(10)).isEqualTo(Reclaimed.NOTHING);
    assertThat(content().hasBlob(blob.digest())).isTrue();
  }

  @Test
  void buriesNoMoreThanTheLimit() {
    ImageId image = content().anImage();
    for (String text : List.of("a", "b", "c")) unlink(image, link(image, text));

    assertThat(buryUnlinked(2)).isEqualTo(new Reclaimed(2, 2));
    assertThat(buryUnlinked(2)).isEqualTo(new Reclaimed(1, 1));
  }

  @Test
  void addingABuriedDigestAgainKeepsTheNewBytes() {
    ImageId image = content().anImage();
    Blob old = link(image, "12345");
    unlink(image, old);
    assertThat(buryUnlinked(10).items()).isEqualTo(1);

    Blob again = link(image, "12345");

    assertThat(inTransaction(() -> links().find(image, again.digest()))).contains(again);
    assertThat(content().tombstones()).containsExactly(old.key());
  }

  @Test
  void removesAnOldImageThatNeverHeldAnything() {
    ImageId image = content().anImage();
    content().letTimePass(Duration.ofMinutes(61));

    assertThat(removeEmptyImages(10)).isEqualTo(1);
    assertThat(content().hasImage(image)).isFalse();
  }

  @Test
  void keepsImagesThatAreYoungOrPublishedOrHoldSomething() {
    ImageId published = content().anImage();
    content().publish(published);
    ImageId linked = content().anImage();
    link(linked, "held");
    ImageId uploading = content().anImage();
    Upload upload = inImage(uploading);
    unitOfWork().run(() -> uploads().add(upload, LEASE));
    content().letTimePass(Duration.ofMinutes(61));
    ImageId young = content().anImage();

    assertThat(removeEmptyImages(10)).isZero();
    assertThat(List.of(published, linked, uploading, young)).allMatch(content()::hasImage);
  }

  @Test
  void removesNoMoreImagesThanTheLimit() {
    for (int i = 0; i < 3; i++) content().anImage();
    content().letTimePass(Duration.ofMinutes(61));

    assertThat(removeEmptyImages(2)).isEqualTo(2);
    assertThat(removeEmptyImages(2)).isEqualTo(1);
  }

  @Test
  void givesOutATombstoneOnceUntilItIsTimeToTryAgain() {
    StorageKey key = aTombstone();

    assertThat(dueTombstones(10)).containsExactly(key);
    assertThat(dueTombstones(10)).isEmpty();
    content().letTimePass(RETRY.plusSeconds(1));
    assertThat(dueTombstones(10)).containsExactly(key);
  }

  @Test
  void givesOutNoMoreTombstonesThanTheLimit() {
    for (int i = 0; i < 3; i++) aTombstone();

    assertThat(dueTombstones(2)).hasSize(2);
    assertThat(dueTombstones(2)).hasSize(1);
  }

  @Test
  void forgetsTombstonesForGood() {
    StorageKey gone = aTombstone();
    StorageKey stays = aTombstone();

    unitOfWork().run(() -> garbage().forget(List.of(gone)));

    assertThat(content().tombstones()).containsExactly(stays);
  }

  @Test
  void forgettingNothingOrUnknownTombstonesChangesNothing() {
    StorageKey stays = aTombstone();

    unitOfWork().run(() -> garbage().forget(List.of()));
    unitOfWork().run(() -> garbage().forget(List.of(new StorageKey(UUID.randomUUID()))));

    assertThat(content().tombstones()).containsExactly(stays);
  }

  private Blob link(ImageId image, String text) {
    return inTransaction(() -> links().add(image, blobOf(text), LEASE));
  }

  private void unlink(ImageId image, Blob blob) {
    assertThat(inTransaction(() -> links().remove(image, blob.digest()))).isTrue();
  }

  private StorageKey aTombstone() {
    StorageKey key = new StorageKey(UUID.randomUUID());
    content().bury(key);
    return key;
  }

  private long unlinkUnused(int limit) {
    return inTransaction(() -> garbage().unlinkUnused(limit));
  }

  private Reclaimed buryUnlinked(int limit) {
    return inTransaction(() -> garbage().buryUnlinked(limit));
  }

  private long removeEmptyImages(int limit) {
    return inTransaction(() -> garbage().removeEmptyImages(limit));
  }

  private List<StorageKey> dueTombstones(int limit) {
    return inTransaction(() -> garbage().dueTombstones(limit, RETRY));
  }
}
