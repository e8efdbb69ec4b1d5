package io.gantry.domain.upload;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryRegistry.UploadRow;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Upload sessions in an {@link InMemoryRegistry}. */
public final class InMemoryUploadRepository implements UploadRepository {
  private final InMemoryRegistry registry;

  public InMemoryUploadRepository(InMemoryRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void add(Upload upload, Duration idle) {
    registry.run(
        () -> {
          if (!registry.images.containsKey(upload.image())) {
            throw RegistryException.notFound(ResourceType.REPOSITORY, upload.image());
          }
          put(upload, Optional.empty(), idle);
        });
  }

  @Override
  public Optional<Upload> find(ImageId image, UploadId id) {
    return registry.locked(
        () -> remembered(image, id).filter(UploadRow::isOpen).map(UploadRow::upload));
  }

  @Override
  public Optional<Upload> beginWrite(ImageId image, UploadId id, Duration idle) {
    return registry.locked(
        () ->
            find(image, id)
                .map(
                    old -> {
                      Upload begun =
                          new Upload(
                              id, image, old.key(), old.length(), old.epoch() + 1, old.content());
                      put(begun, Optional.empty(), idle);
                      return begun;
                    }));
  }

  @Override
  public boolean advance(Upload upload, Duration idle) {
    return registry.locked(
        () -> {
          if (!isCurrent(upload)) return false;
          put(upload, Optional.empty(), idle);
          return true;
        });
  }

  @Override
  public boolean close(Upload upload, Digest digest, Duration remember) {
    return registry.locked(
        () -> {
          if (!isCurrent(upload)) return false;
          put(upload, Optional.of(digest), remember);
          return true;
        });
  }

  @Override
  public Optional<Digest> closedAs(ImageId image, UploadId id) {
    return registry.locked(() -> remembered(image, id).flatMap(UploadRow::closedAs));
  }

  @Override
  public boolean cancel(ImageId image, UploadId id) {
    return registry.locked(
        () -> {
          Optional<Upload> open = find(image, id);
          open.ifPresent(this::end);
          return open.isPresent();
        });
  }

  @Override
  public int expire(int limit) {
    return registry.locked(
        () -> {
          List<UploadRow> expired =
              registry.uploads.values().stream().filter(row -> !isLive(row)).limit(limit).toList();
          for (UploadRow row : expired) {
            if (row.isOpen()) {
              end(row.upload());
            } else {
              registry.uploads.remove(row.upload().id());
            }
          }
          return expired.size();
        });
  }

  private void put(Upload upload, Optional<Digest> closedAs, Duration life) {
    UploadRow old = registry.uploads.get(upload.id());
    registry.uploads.put(
        upload.id(),
        new UploadRow(
            upload,
            closedAs,
            old == null ? registry.clock.instant() : old.createdAt(),
            registry.clock.instant().plus(life)));
  }

  private void end(Upload upload) {
    registry.uploads.remove(upload.id());
    registry.tombstones.put(upload.key(), registry.clock.instant().plus(LATE_WRITER));
  }

  @Override
  public boolean bury(StorageKey key) {
    return registry.locked(
        () -> {
          boolean named =
              registry.blobs.values().stream().anyMatch(blob -> blob.key().equals(key))
                  || registry.uploads.values().stream()
                      .anyMatch(row -> row.isOpen() && row.upload().key().equals(key));
          if (named) return false;
          registry.tombstones.put(key, registry.clock.instant().plus(LATE_WRITER));
          return true;
        });
  }

  private Optional<UploadRow> remembered(ImageId image, UploadId id) {
    return Optional.ofNullable(registry.uploads.get(id))
        .filter(row -> row.upload().image().equals(image) && isLive(row));
  }

  private boolean isCurrent(Upload upload) {
    UploadRow row = registry.uploads.get(upload.id());
    return row != null
        && row.isOpen()
        && row.upload().image().equals(upload.image())
        && row.upload().epoch() == upload.epoch();
  }

  private boolean isLive(UploadRow row) {
    return row.expiresAt().isAfter(registry.clock.instant());
  }
}
