package io.gantry.domain.reclaim;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryRegistry.ImageRow;
import io.gantry.domain.InMemoryRegistry.InImage;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Collection in an {@link InMemoryRegistry}. */
public final class InMemoryGarbage implements Garbage {
  private static final Duration YOUNG = Duration.ofHours(1);

  private final InMemoryRegistry registry;

  public InMemoryGarbage(InMemoryRegistry registry) {
    this.registry = registry;
  }

  @Override
  public long unlinkUnused(int limit) {
    return registry.locked(
        () -> {
          List<InImage> unused =
              registry.links.entrySet().stream()
                  .filter(link -> link.getValue().isBefore(now()))
                  .map(link -> link.getKey())
                  .filter(link -> !registry.isReferenced(link.image(), link.digest()))
                  .filter(link -> !registry.isAwaited(link.image(), link.digest()))
                  .limit(limit)
                  .toList();
          unused.forEach(registry.links::remove);
          return (long) unused.size();
        });
  }

  @Override
  public Reclaimed buryUnlinked(int limit) {
    return registry.locked(
        () -> {
          List<Blob> unlinked =
              registry.blobs.values().stream()
                  .filter(blob -> !isLinked(blob.digest()))
                  .limit(limit)
                  .toList();
          Reclaimed freed = Reclaimed.NOTHING;
          for (Blob blob : unlinked) {
            registry.blobs.remove(blob.digest());
            registry.tombstones.put(blob.key(), now());
            freed = freed.plus(new Reclaimed(1, blob.size().bytes()));
          }
          return freed;
        });
  }

  @Override
  public long removeEmptyImages(int limit) {
    return registry.locked(
        () -> {
          List<ImageId> empty =
              registry.images.values().stream()
                  .filter(image -> !image.published() && image.isReady())
                  .filter(image -> image.createdAt().isBefore(now().minus(YOUNG)))
                  .map(ImageRow::id)
                  .filter(this::isEmpty)
                  .limit(limit)
                  .toList();
          empty.forEach(registry.images::remove);
          return (long) empty.size();
        });
  }

  @Override
  public List<StorageKey> dueTombstones(int limit, Duration retryAfter) {
    return registry.locked(
        () -> {
          List<StorageKey> due =
              registry.tombstones.entrySet().stream()
                  .filter(tombstone -> !tombstone.getValue().isAfter(now()))
                  .limit(limit)
                  .map(tombstone -> tombstone.getKey())
                  .toList();
          due.forEach(key -> registry.tombstones.put(key, now().plus(retryAfter)));
          return due;
        });
  }

  @Override
  public void forget(List<StorageKey> keys) {
    registry.run(() -> keys.forEach(registry.tombstones::remove));
  }

  private boolean isLinked(Digest digest) {
    return registry.links.keySet().stream().anyMatch(link -> link.digest().equals(digest));
  }

  private boolean isEmpty(ImageId image) {
    return registry.links.keySet().stream().noneMatch(link -> link.image().equals(image))
        && registry.manifests.keySet().stream().noneMatch(key -> key.image().equals(image))
        && registry.uploads.values().stream().noneMatch(row -> row.upload().image().equals(image));
  }

  private Instant now() {
    return registry.clock.instant();
  }
}
