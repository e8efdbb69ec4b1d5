package io.gantry.domain.link;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryRegistry.ImageRow;
import io.gantry.domain.InMemoryRegistry.InImage;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.PreconditionFailed.Rule;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.InMemoryImageRepository;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Region;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Blobs and links in an {@link InMemoryRegistry}. */
public final class InMemoryBlobLinks implements BlobLinks {
  private final InMemoryRegistry registry;

  public InMemoryBlobLinks(InMemoryRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Optional<Blob> find(ImageId image, Digest digest) {
    return registry.locked(
        () ->
            registry.links.containsKey(new InImage(image, digest))
                ? Optional.ofNullable(registry.blobs.get(digest))
                : Optional.empty());
  }

  @Override
  public Optional<Blob> findAndLease(ImageId image, Digest digest, Duration lease) {
    return registry.locked(
        () -> {
          Optional<Blob> found = find(image, digest);
          if (found.isPresent()) lease(image, digest, lease);
          return found;
        });
  }

  @Override
  public Blob add(ImageId image, Blob blob, Duration lease) {
    return registry.locked(
        () -> {
          requireImage(image);
          Blob kept = registry.blobs.computeIfAbsent(blob.digest(), digest -> blob);
          if (!kept.key().equals(blob.key())) {
            registry.tombstones.put(blob.key(), registry.clock.instant());
          }
          lease(image, blob.digest(), lease);
          return kept;
        });
  }

  @Override
  public boolean mount(ImageId target, ImageId source, Digest digest, Duration lease) {
    return registry.locked(
        () -> {
          if (!registry.links.containsKey(new InImage(source, digest))) return false;
          requireImage(target);
          lease(target, digest, lease);
          return true;
        });
  }

  @Override
  public boolean mountFromAny(
      ImageId target, Digest digest, Region region, Set<ProjectId> projects, Duration lease) {
    return registry.locked(
        () ->
            registry.images.values().stream()
                .filter(image -> image.isReady() && isUsable(image.namespace()))
                .filter(image -> image.region().equals(region))
                .filter(image -> projects.contains(image.project()))
                .map(ImageRow::id)
                .toList()
                .stream()
                .anyMatch(source -> mount(target, source, digest, lease)));
  }

  private boolean isUsable(NamespaceId id) {
    Namespace namespace = registry.namespaces.get(id);
    return namespace == null || namespace.isReady();
  }

  @Override
  public boolean remove(ImageId image, Digest digest) {
    return registry.locked(
        () -> {
          if (find(image, digest).isEmpty()) return false;
          if (registry.isReferenced(image, digest)) {
            throw new RegistryException(
                new RegistryError.PreconditionFailed(
                    ResourceType.BLOB,
                    Rule.RESOURCE_STILL_IN_USE,
                    "a manifest of this repository still refers to it; delete that first"));
          }
          registry.links.remove(new InImage(image, digest));
          return true;
        });
  }

  private void lease(ImageId image, Digest digest, Duration lease) {
    InImage key = new InImage(image, digest);
    if (!registry.links.containsKey(key)) countIfWaitedFor(key);
    registry.links.merge(
        key,
        registry.clock.instant().plus(lease),
        (Instant old, Instant renewed) -> old.isAfter(renewed) ? old : renewed);
  }

  private void countIfWaitedFor(InImage layer) {
    long manifests =
        registry.manifests.entrySet().stream()
            .filter(manifest -> manifest.getKey().image().equals(layer.image()))
            .filter(manifest -> manifest.getValue().reachable())
            .filter(manifest -> manifest.getValue().layers().contains(layer.digest()))
            .count();
    if (manifests == 0) return;
    registry.layers.put(layer, manifests);
    long size = Objects.requireNonNull(registry.blobs.get(layer.digest())).size().bytes();
    ImageRow image = Objects.requireNonNull(registry.images.get(layer.image()));
    new InMemoryImageRepository(registry).touch(image.id(), size, image.updatedAt());
  }

  private void requireImage(ImageId image) {
    if (!registry.images.containsKey(image)) {
      throw RegistryException.notFound(ResourceType.REPOSITORY, image);
    }
  }
}
