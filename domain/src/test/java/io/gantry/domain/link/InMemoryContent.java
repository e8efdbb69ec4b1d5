package io.gantry.domain.link;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryRegistry.ChildKey;
import io.gantry.domain.InMemoryRegistry.ImageRow;
import io.gantry.domain.InMemoryRegistry.InImage;
import io.gantry.domain.InMemoryRegistry.ManifestRow;
import io.gantry.domain.InMemoryUnitOfWork;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageName;
import io.gantry.domain.image.Visibility;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.ManifestBytes;
import io.gantry.domain.manifest.MediaType;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.NamespaceName;
import io.gantry.domain.namespace.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Content in an {@link InMemoryRegistry}. */
public final class InMemoryContent implements StoredContent {
  private final InMemoryRegistry registry;

  public InMemoryContent(InMemoryRegistry registry) {
    this.registry = registry;
  }

  @Override
  public UnitOfWork unitOfWork() {
    return new InMemoryUnitOfWork(registry);
  }

  @Override
  public ImageId anImage() {
    ImageId id = new ImageId(UUID.randomUUID());
    Instant now = registry.clock.instant();
    Namespace namespace =
        Namespace.create(
            new NamespaceId(UUID.randomUUID()),
            REGION,
            new NamespaceName("ns-" + id),
            "",
            new OrganizationId(UUID.randomUUID()),
            new ProjectId(UUID.randomUUID()),
            false,
            now);
    ImageRow row =
        new ImageRow(
            id,
            namespace.id(),
            namespace.project(),
            REGION,
            new ImageName("app"),
            Status.READY,
            Visibility.INHERIT,
            false,
            ByteSize.ZERO,
            now,
            now);
    registry.run(() -> registry.namespaces.put(namespace.id(), namespace));
    registry.run(() -> registry.images.put(id, row));
    return id;
  }

  @Override
  public ProjectId projectOf(ImageId image) {
    return registry.locked(() -> row(image).project());
  }

  @Override
  public void deleteNamespaceOf(ImageId image) {
    registry.run(
        () ->
            registry.namespaces.computeIfPresent(
                row(image).namespace(), (_, n) -> n.delete(registry.clock.instant())));
  }

  private ImageRow row(ImageId image) {
    return Objects.requireNonNull(registry.images.get(image));
  }

  @Override
  public void publish(ImageId image) {
    change(image, ImageRow::status, true);
  }

  @Override
  public void hide(ImageId image) {
    change(image, _ -> Status.DELETING, false);
  }

  private void change(ImageId image, Function<ImageRow, Status> status, boolean publish) {
    registry.run(
        () ->
            registry.images.computeIfPresent(
                image,
                (id, row) ->
                    new ImageRow(
                        id,
                        row.namespace(),
                        row.project(),
                        row.region(),
                        row.name(),
                        status.apply(row),
                        row.visibility(),
                        publish || row.published(),
                        row.size(),
                        row.createdAt(),
                        row.updatedAt())));
  }

  @Override
  public boolean hasImage(ImageId image) {
    return registry.locked(() -> registry.images.containsKey(image));
  }

  @Override
  public void refer(ImageId image, Digest blob) {
    ManifestBytes bytes = new ManifestBytes(blob.toString().getBytes(StandardCharsets.US_ASCII));
    Manifest manifest =
        new Manifest(
            bytes.digest(DigestAlgorithm.SHA256),
            MediaType.OCI_MANIFEST,
            bytes,
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    registry.run(
        () ->
            registry.manifests.put(
                new InImage(image, manifest.digest()),
                new ManifestRow(
                    manifest, registry.clock.instant(), false, Set.of(blob), Set.of())));
  }

  @Override
  public void await(ImageId image, Digest blob) {
    refer(image, blob);
  }

  @Override
  public void awaitChild(ImageId image, Digest child) {
    registry.run(() -> registry.children.put(new ChildKey(image, child, child), false));
  }

  @Override
  public boolean hasBlob(Digest digest) {
    return registry.locked(() -> registry.blobs.containsKey(digest));
  }

  @Override
  public boolean isLeased(ImageId image, Digest digest) {
    return registry.locked(
        () -> {
          Instant until = registry.links.get(new InImage(image, digest));
          return until != null && until.isAfter(registry.clock.instant());
        });
  }

  @Override
  public void bury(StorageKey key) {
    registry.run(() -> registry.tombstones.put(key, registry.clock.instant()));
  }

  @Override
  public Set<StorageKey> tombstones() {
    return registry.locked(() -> Set.copyOf(registry.tombstones.keySet()));
  }

  @Override
  public void letTimePass(Duration time) {
    registry.clock.advance(time);
  }
}
