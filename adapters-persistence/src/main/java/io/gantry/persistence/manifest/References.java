package io.gantry.persistence.manifest;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.manifest.Descriptor;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.Sparse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows a manifest's references become, sorted, so that two manifests take locks in one order.
 * Each says whether it is there, or is waited for.
 *
 * @param configurations blobs that are its configuration
 * @param layers blobs that count into the image's size
 * @param children manifests
 */
record References(
    SortedMap<String, Boolean> configurations,
    SortedMap<String, Boolean> layers,
    SortedMap<String, Boolean> children) {

  /** Every digest that may be a blob. */
  static String[] possibleBlobs(Manifest manifest) {
    return digests(
        Stream.of(
                manifest.config().stream(),
                manifest.layers().stream(),
                manifest.children().stream())
            .flatMap(descriptors -> descriptors));
  }

  /** Every digest that may be a manifest. */
  static String[] possibleManifests(Manifest manifest) {
    return digests(manifest.children().stream());
  }

  /**
   * Decides what each reference is. A foreign blob that is not there is none.
   *
   * @param blobs the linked ones among {@link #possibleBlobs}, with their sizes in bytes
   * @param manifests those among {@link #possibleManifests} that are there
   * @param accepted what may be waited for
   */
  static References of(
      Manifest manifest, Map<String, Long> blobs, Set<String> manifests, Sparse accepted) {
    SortedMap<String, Boolean> configurations = new TreeMap<>();
    SortedMap<String, Boolean> layers = new TreeMap<>();
    SortedMap<String, Boolean> children = new TreeMap<>();
    manifest.config().ifPresent(config -> refer(configurations, config, blobs));
    for (Descriptor layer : manifest.layers()) refer(layers, layer, blobs);
    if (!accepted.images()) requireAll(List.of(configurations, layers));
    for (Descriptor child : manifest.children()) {
      String digest = child.digest().toString();
      boolean isManifest = manifests.contains(digest);
      if (!isManifest && hasBlob(child, blobs)) layers.put(digest, true);
      else children.put(digest, isManifest);
    }
    if (!accepted.indexes()) requireAll(List.of(children));
    return new References(configurations, layers, children);
  }

  private static void refer(
      SortedMap<String, Boolean> references, Descriptor blob, Map<String, Long> blobs) {
    boolean isLinked = hasBlob(blob, blobs);
    if (isLinked || !blob.foreign()) references.put(blob.digest().toString(), isLinked);
  }

  private static void requireAll(List<SortedMap<String, Boolean>> references) {
    List<String> absent =
        references.stream()
            .flatMap(of -> of.entrySet().stream())
            .filter(reference -> !reference.getValue())
            .map(Map.Entry::getKey)
            .distinct()
            .sorted()
            .toList();
    if (absent.isEmpty()) return;
    throw new RegistryException(new RegistryError.ReferencedContentMissing(absent));
  }

  private static boolean hasBlob(Descriptor descriptor, Map<String, Long> blobs) {
    @Nullable Long size = blobs.get(descriptor.digest().toString());
    if (size == null) return false;
    if (size == descriptor.size()) return true;
    throw new RegistryException(
        new RegistryError.ManifestInvalid(
            "the manifest says that "
                + descriptor.digest()
                + " has "
                + descriptor.size()
                + " bytes, but it has "
                + size));
  }

  private static String[] digests(Stream<Descriptor> descriptors) {
    return descriptors
        .map(Descriptor::digest)
        .map(Digest::toString)
        .distinct()
        .sorted()
        .toArray(String[]::new);
  }
}
