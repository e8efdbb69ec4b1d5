package io.gantry.persistence.manifest;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.manifest.Descriptor;
import io.gantry.domain.manifest.Manifest;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows a manifest's references become, sorted, so that two manifests take locks in one order.
 *
 * @param configurations blobs that are its configuration
 * @param layers blobs that count into the image's size
 * @param children for each child manifest, whether it is there
 */
record References(
    SortedSet<String> configurations,
    SortedSet<String> layers,
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
   * Decides what each reference is.
   *
   * @param blobs the linked ones among {@link #possibleBlobs}, with their sizes in bytes
   * @param manifests those among {@link #possibleManifests} that are there
   */
  static References of(Manifest manifest, Map<String, Long> blobs, Set<String> manifests) {
    SortedSet<String> configurations = new TreeSet<>();
    SortedSet<String> layers = new TreeSet<>();
    SortedMap<String, Boolean> children = new TreeMap<>();
    manifest
        .config()
        .filter(config -> isLinked(config, blobs))
        .ifPresent(config -> configurations.add(config.digest().toString()));
    for (Descriptor layer : manifest.layers()) {
      if (isLinked(layer, blobs)) layers.add(layer.digest().toString());
    }
    for (Descriptor child : manifest.children()) {
      String digest = child.digest().toString();
      boolean isManifest = manifests.contains(digest);
      if (!isManifest && hasBlob(child, blobs)) layers.add(digest);
      else children.put(digest, isManifest);
    }
    return new References(configurations, layers, children);
  }

  private static boolean isLinked(Descriptor descriptor, Map<String, Long> blobs) {
    if (hasBlob(descriptor, blobs)) return true;
    if (descriptor.foreign()) return false;
    throw new RegistryException(
        new RegistryError.ReferencedContentMissing(descriptor.digest().toString()));
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
