package io.gantry.domain.upload;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryRegistry.ImageRow;
import io.gantry.domain.InMemoryRegistry.UploadRow;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.Digest;
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

  @Override
  public Collection<Upload> untouched(Collection<UploadId> ids) {
    return registry.locked(
        () ->
            ids.stream()
                .flatMap(id -> Optional.ofNullable(registry.uploads.get(id)).stream())
                .flatMap(row -> uploads.find(row.upload().image(), row.upload().id()).stream())
                .filter(upload -> upload.epoch() == 0)
                .toList());
  }

  @Override
  public Set<UploadId> write(Collection<Arrival> arrivals, Duration idle) {
    return registry.locked(
        () -> {
          Set<UploadId> written = new HashSet<>();
          for (Arrival arrival : arrivals) {
            if (!isGood(arrival)) continue;
            registry.tombstones.remove(arrival.blob().key());
            registry.uploads.remove(arrival.upload());
            uploads.add(writtenOnce(arrival), idle);
            written.add(arrival.upload());
          }
          return written;
        });
  }

  @Override
  public Set<UploadId> finish(Collection<Claim> claims, Duration remember, Duration lease) {
    return registry.locked(
        () -> {
          Set<UploadId> finished = new HashSet<>();
          for (Claim claim : claims) {
            Optional<Upload> complete =
                uploads
                    .find(claim.image(), claim.upload())
                    .filter(upload -> upload.epoch() == 1 && upload.length() > 0)
                    .filter(upload -> upload.content().filter(claim.digest()::equals).isPresent());
            if (complete.isEmpty() || !isUsable(claim.image())) continue;
            Blob blob =
                new Blob(
                    claim.digest(), new ByteSize(complete.get().length()), complete.get().key());
            var _ = links.add(claim.image(), blob, lease);
            close(claim.upload(), claim.digest(), remember);
            finished.add(claim.upload());
          }
          return finished;
        });
  }

  private static Upload writtenOnce(Arrival arrival) {
    Blob bytes = arrival.blob();
    return new Upload(
        arrival.upload(),
        arrival.image(),
        bytes.key(),
        bytes.size().bytes(),
        1,
        Optional.of(bytes.digest()));
  }

  private boolean record(Arrival arrival, Duration remember, Duration lease) {
    if (!isGood(arrival)) return false;
    Blob kept = links.add(arrival.image(), arrival.blob(), lease);
    if (kept.key().equals(arrival.blob().key())) registry.tombstones.remove(kept.key());
    close(arrival.upload(), arrival.blob().digest(), remember);
    return true;
  }

  private boolean isGood(Arrival arrival) {
    return isUsable(arrival.image())
        && reserve.holds(arrival.blob().key())
        && uploads
            .find(arrival.image(), arrival.upload())
            .filter(upload -> upload.epoch() == 0)
            .isPresent();
  }

  private void close(UploadId id, Digest digest, Duration remember) {
    Instant now = registry.clock.instant();
    registry.uploads.computeIfPresent(
        id,
        (_, row) ->
            new UploadRow(row.upload(), Optional.of(digest), row.createdAt(), now.plus(remember)));
  }

  private boolean isUsable(ImageId id) {
    ImageRow image = registry.images.get(id);
    if (image == null || !image.isReady()) return false;
    Namespace namespace = registry.namespaces.get(image.namespace());
    return namespace == null || namespace.status() == Status.READY;
  }
}
