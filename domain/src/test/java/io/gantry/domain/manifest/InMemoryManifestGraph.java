package io.gantry.domain.manifest;

import static java.util.stream.Collectors.toSet;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryRegistry.InImage;
import io.gantry.domain.InMemoryRegistry.ManifestRow;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.ImageId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The manifests of an {@link InMemoryRegistry} as graphs. */
public final class InMemoryManifestGraph implements ManifestGraph {
  private final InMemoryRegistry registry;

  public InMemoryManifestGraph(InMemoryRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Set<Digest> reachable(ImageId image, Set<Digest> manifests) {
    return registry.locked(
        () -> manifests.stream().filter(one -> isMarked(image, one, true)).collect(toSet()));
  }

  @Override
  public Set<Digest> successors(ImageId image, Set<Digest> manifests, Mark marked) {
    return registry.locked(
        () ->
            of(image)
                .filter(one -> isMarked(image, one, marked == Mark.REACHABLE))
                .filter(one -> predecessors(image, one).anyMatch(manifests::contains))
                .collect(toSet()));
  }

  @Override
  public Set<Digest> heldFromOutside(ImageId image, Set<Digest> group) {
    return registry.locked(
        () ->
            group.stream()
                .filter(one -> row(image, one).isPresent())
                .filter(one -> isTagged(image, one) || isHeld(image, one, group))
                .collect(toSet()));
  }

  @Override
  public long markReachable(ImageId image, Set<Digest> manifests) {
    return registry.locked(() -> mark(image, manifests, true));
  }

  @Override
  public long markUnreachable(ImageId image, Set<Digest> manifests) {
    return registry.locked(() -> mark(image, manifests, false));
  }

  /** Bytes of the linked layers whose count left or reached zero. */
  private long mark(ImageId image, Set<Digest> manifests, boolean reachable) {
    long bytes = 0;
    for (Digest digest : manifests) {
      Optional<ManifestRow> found = row(image, digest).filter(r -> r.reachable() != reachable);
      if (found.isEmpty()) continue;
      ManifestRow row = found.get();
      registry.manifests.put(
          new InImage(image, digest),
          new ManifestRow(row.manifest(), row.createdAt(), reachable, row.blobs(), row.layers()));
      for (Digest layer : row.layers()) {
        InImage key = new InImage(image, layer);
        if (!registry.links.containsKey(key)) continue;
        long before = registry.layers.getOrDefault(key, 0L);
        long after = before + (reachable ? 1 : -1);
        if (after == 0) registry.layers.remove(key);
        else registry.layers.put(key, after);
        if (before == 0 || after == 0) bytes += size(layer);
      }
    }
    return bytes;
  }

  private long size(Digest layer) {
    @Nullable Blob blob = registry.blobs.get(layer);
    if (blob == null) throw new IllegalStateException("no blob " + layer);
    return blob.size().bytes();
  }

  private Stream<Digest> of(ImageId image) {
    return registry.manifests.keySet().stream()
        .filter(key -> key.image().equals(image))
        .map(InImage::digest);
  }

  private Optional<ManifestRow> row(ImageId image, Digest digest) {
    return Optional.ofNullable(registry.manifests.get(new InImage(image, digest)));
  }

  private boolean isMarked(ImageId image, Digest digest, boolean reachable) {
    return row(image, digest).filter(row -> row.reachable() == reachable).isPresent();
  }

  private boolean isTagged(ImageId image, Digest digest) {
    return registry.tags.values().stream()
        .anyMatch(tag -> tag.image().equals(image) && tag.digest().equals(digest));
  }

  private boolean isHeld(ImageId image, Digest digest, Set<Digest> group) {
    return predecessors(image, digest)
        .anyMatch(from -> !group.contains(from) && isMarked(image, from, true));
  }

  /** Indexes that list it, and its subject. */
  private Stream<Digest> predecessors(ImageId image, Digest digest) {
    Stream<Digest> parents =
        registry.children.entrySet().stream()
            .filter(entry -> entry.getValue())
            .map(entry -> entry.getKey())
            .filter(key -> key.image().equals(image) && key.child().equals(digest))
            .map(key -> key.parent());
    return Stream.concat(
        parents, row(image, digest).flatMap(row -> row.manifest().subject()).stream());
  }
}
