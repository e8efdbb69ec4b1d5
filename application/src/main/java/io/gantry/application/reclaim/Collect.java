package io.gantry.application.reclaim;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.blob.BlobStore;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.NamespaceRepository;
import io.gantry.domain.reclaim.Garbage;
import io.gantry.domain.reclaim.Reclaimed;
import io.gantry.domain.upload.UploadRepository;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One round of collection: finishes what callers deleted, ends expired uploads, and frees what
 * nothing refers to. Every step is a small transaction that can be repeated, so a round may be cut
 * off anywhere, and rounds on several replicas may overlap. Bytes are deleted outside transactions
 * and only under keys that no blob and no upload can have any more.
 */
public final class Collect {
  private static final int BATCH = 500;
  private static final Duration RETRY = Duration.ofMinutes(1);

  private final NamespaceRepository namespaces;
  private final ImageRepository images;
  private final UploadRepository uploads;
  private final Garbage garbage;
  private final BlobStore store;
  private final UnitOfWork unitOfWork;

  public Collect(
      NamespaceRepository namespaces,
      ImageRepository images,
      UploadRepository uploads,
      Garbage garbage,
      BlobStore store,
      UnitOfWork unitOfWork) {
    this.namespaces = namespaces;
    this.images = images;
    this.uploads = uploads;
    this.garbage = garbage;
    this.store = store;
    this.unitOfWork = unitOfWork;
  }

  /**
   * What a round did.
   *
   * @param deleted namespaces and images that are gone now
   * @param expiredUploads sessions that were ended
   * @param blobs content that nothing refers to any more; its bytes are freed in this or a later
   *     round
   * @param objects stored objects that were deleted
   */
  public record Round(long deleted, long expiredUploads, Reclaimed blobs, long objects) {
    public boolean didNothing() {
      return deleted == 0 && expiredUploads == 0 && blobs.items() == 0 && objects == 0;
    }
  }

  /** Works until nothing is left to do now. */
  public Round handle() {
    long deleted = purgeDeleted();
    long expired = drain(() -> unitOfWork.inTransaction(() -> (long) uploads.expire(BATCH)));
    var _ = drain(() -> unitOfWork.inTransaction(() -> garbage.unlinkUnused(BATCH)));
    Reclaimed blobs = bury();
    var _ = drain(() -> unitOfWork.inTransaction(() -> garbage.removeEmptyImages(BATCH)));
    return new Round(deleted, expired, blobs, deleteObjects());
  }

  /** Removes deleted images with all they hold, then deleted namespaces that are empty. */
  private long purgeDeleted() {
    long gone = 0;
    while (true) {
      Purge step = unitOfWork.inTransaction(this::purgeOneImage);
      if (step == Purge.NOTHING_TO_DO) break;
      if (step == Purge.GONE) gone++;
    }
    return gone + drain(() -> unitOfWork.inTransaction(this::removeOneNamespace) ? 1L : 0L);
  }

  private enum Purge {
    NOTHING_TO_DO,
    SOME,
    GONE
  }

  private Purge purgeOneImage() {
    Optional<ImageId> image = images.claimDeleting();
    if (image.isEmpty()) return Purge.NOTHING_TO_DO;
    return images.purge(image.get(), BATCH) ? Purge.GONE : Purge.SOME;
  }

  private boolean removeOneNamespace() {
    Optional<NamespaceId> namespace = namespaces.claimDeleting();
    if (namespace.isEmpty() || images.anyIn(namespace.get())) return false;
    namespaces.remove(namespace.get());
    return true;
  }

  private Reclaimed bury() {
    Reclaimed sum = Reclaimed.NOTHING;
    while (true) {
      Reclaimed some = unitOfWork.inTransaction(() -> garbage.buryUnlinked(BATCH));
      if (some.items() == 0) return sum;
      sum = sum.plus(some);
    }
  }

  private long deleteObjects() {
    long deleted = 0;
    while (true) {
      List<StorageKey> due = unitOfWork.inTransaction(() -> garbage.dueTombstones(BATCH, RETRY));
      if (due.isEmpty()) return deleted;
      due.forEach(store::delete);
      unitOfWork.run(() -> garbage.forget(due));
      deleted += due.size();
    }
  }

  private static long drain(LongSupplier step) {
    long sum = 0;
    while (true) {
      long done = step.getAsLong();
      if (done == 0) return sum;
      sum += done;
    }
  }
}
