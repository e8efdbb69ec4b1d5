package io.gantry.domain.upload;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryRegistry.ImageRow;
import io.gantry.domain.InMemoryRegistry.UploadRow;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.link.InMemoryBlobLinks;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.Status;
import io.gantry.domain.reclaim.InMemoryKeyReserve;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The short way into an {@link InMemoryRegistry}. */
public final class InMemoryUploadIntake implements UploadIntake {
  private final InMemoryRegistry registry;
  private final InMemoryKeyReserve reserve;
  private final InMemoryUploadRepository uploads;
  private final InMemoryBlobLinks links;

  public InMemoryUploadIntake(InMemoryRegistry registry, InMemoryKeyReserve reserve) {
    this.registry = registry;
    this.reserve = reserve;
    this.uploads = new InMemoryUploadRepository(registry);
    this.links = new InMemoryBlobLinks(registry);
  }

  @Override
  public Set<UploadId> open(Collection<Upload> opened, Duration idle) {
    return registry.locked(
        () -> {
          Set<UploadId> added = new HashSet<>();
          for (Upload upload : opened) {
            if (!isUsable(upload.image())) continue;
            uploads.add(upload, idle);
            added.add(upload.id());
          }
          return added;
        });
  }

  @Override
  public Set<UploadId> close(Collection<Arrival> arrivals, Duration remember, Duration lease) {
    return registry.locked(
        () -> {
          Set<UploadId> recorded = new HashSet<>();
          for (Arrival arrival : arrivals) {
            if (record(arrival, remember, lease)) recorded.add(arrival.upload());
          }
          return recorded;
        });
  }

  private boolean record(Arrival arrival, Duration remember, Duration lease) {
    Optional<Upload> untouched =
        uploads.find(arrival.image(), arrival.upload()).filter(upload -> upload.epoch() == 0);
    StorageKey key = arrival.blob().key();
    if (untouched.isEmpty() || !isUsable(arrival.image()) || !reserve.holds(key)) return false;
    Blob kept = links.add(arrival.image(), arrival.blob(), lease);
    if (kept.key().equals(key)) registry.tombstones.remove(key);
    Instant now = registry.clock.instant();
    registry.uploads.computeIfPresent(
        arrival.upload(),
        (_, row) ->
            new UploadRow(
                row.upload(),
                Optional.of(arrival.blob().digest()),
                row.createdAt(),
                now.plus(remember)));
    return true;
  }

  private boolean isUsable(ImageId id) {
    ImageRow image = registry.images.get(id);
    if (image == null || !image.isReady()) return false;
    Namespace namespace = registry.namespaces.get(image.namespace());
    return namespace == null || namespace.status() == Status.READY;
  }
}
