package io.gantry.domain.manifest;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryRegistry.ChildKey;
import io.gantry.domain.InMemoryRegistry.InImage;
import io.gantry.domain.InMemoryRegistry.ManifestRow;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.image.ImageId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Manifests in an {@link InMemoryRegistry}. */
public final class InMemoryManifestRepository implements ManifestRepository {
  private final InMemoryRegistry registry;

  public InMemoryManifestRepository(InMemoryRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Optional<StoredManifest> find(ImageId image, Digest digest) {
    return registry.locked(
        () ->
            Optional.ofNullable(registry.manifests.get(new InImage(image, digest)))
                .map(ManifestRow::manifest)
                .map(m -> new StoredManifest(m.digest(), m.mediaType(), m.bytes())));
  }

  @Override
  public boolean add(ImageId image, Manifest manifest, Sparse accepted, Instant now) {
    return registry.locked(
        () -> {
          InImage key = new InImage(image, manifest.digest());
          if (registry.manifests.containsKey(key)) return false;
          Set<Digest> blobs = new HashSet<>();
          Set<Digest> layers = new HashSet<>();
          Set<Digest> children = new HashSet<>();
          manifest
              .config()
              .filter(c -> isReferredTo(image, c))
              .map(Descriptor::digest)
              .ifPresent(blobs::add);
          for (Descriptor layer : manifest.layers()) {
            if (isReferredTo(image, layer)) layers.add(layer.digest());
          }
          blobs.addAll(layers);
          if (!accepted.images()) requireAll(blobs, one -> hasBlob(image, one));
          for (Descriptor child : manifest.children()) {
            if (!hasManifest(image, child.digest()) && linked(image, child).isPresent()) {
              layers.add(child.digest());
            } else {
              children.add(child.digest());
            }
          }
          blobs.addAll(layers);
          if (!accepted.indexes()) requireAll(children, one -> hasManifest(image, one));
          registry.manifests.put(
              key, new ManifestRow(manifest, now, false, Set.copyOf(blobs), Set.copyOf(layers)));
          for (Digest child : children) {
            registry.children.put(
                new ChildKey(image, manifest.digest(), child), hasManifest(image, child));
          }
          hold(image, manifest.digest(), true);
          return true;
        });
  }

  @Override
  public boolean remove(ImageId image, Digest digest) {
    return registry.locked(
        () -> {
          if (registry.tags.values().stream()
              .anyMatch(tag -> tag.image().equals(image) && tag.digest().equals(digest))) {
            throw new IllegalStateException("a tag points at " + digest);
          }
          registry
              .children
              .keySet()
              .removeIf(key -> key.image().equals(image) && key.parent().equals(digest));
          hold(image, digest, false);
          return registry.manifests.remove(new InImage(image, digest)) != null;
        });
  }

  private void hold(ImageId image, Digest child, boolean held) {
    registry.children.replaceAll(
        (key, before) -> (key.image().equals(image) && key.child().equals(child)) ? held : before);
  }

  private boolean hasManifest(ImageId image, Digest digest) {
    return registry.manifests.containsKey(new InImage(image, digest));
  }

  private boolean hasBlob(ImageId image, Digest digest) {
    return registry.links.containsKey(new InImage(image, digest));
  }

  /** What is foreign and not there is none of the registry's. */
  private boolean isReferredTo(ImageId image, Descriptor descriptor) {
    return linked(image, descriptor).isPresent() || !descriptor.foreign();
  }

  private static void requireAll(Set<Digest> references, Predicate<Digest> isThere) {
    List<String> absent =
        references.stream().filter(isThere.negate()).map(Digest::toString).sorted().toList();
    if (absent.isEmpty()) return;
    throw new RegistryException(new RegistryError.ReferencedContentMissing(absent));
  }

  private Optional<Blob> linked(ImageId image, Descriptor descriptor) {
    Digest digest = descriptor.digest();
    if (!hasBlob(image, digest)) return Optional.empty();
    @Nullable Blob blob = registry.blobs.get(digest);
    if (blob == null) throw new IllegalStateException("link without blob " + digest);
    if (blob.size().bytes() != descriptor.size()) throw wrongSize(descriptor, blob);
    return Optional.of(blob);
  }

  private static RegistryException wrongSize(Descriptor descriptor, Blob blob) {
    return new RegistryException(
        new RegistryError.ManifestInvalid(
            "the manifest says that "
                + descriptor.digest()
                + " has "
                + descriptor.size()
                + " bytes, but it has "
                + blob.size().bytes()));
  }
}
