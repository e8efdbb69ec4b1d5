package io.gantry.domain.manifest;

import io.gantry.domain.blob.Digest;
import java.util.List;
import java.util.Optional;

/**
 * A manifest of one image: exact bytes, and what of them the registry must know.
 *
 * @param digest in the form it was pushed with
 * @param config the image's configuration, if it is an image manifest
 * @param layers what an image manifest lists
 * @param children what an index lists: manifests, and sometimes blobs
 * @param subject what it is attached to; need not exist
 * @param artifactType its own, else the media type of its configuration
 */
public record Manifest(
    Digest digest,
    MediaType mediaType,
    ManifestBytes bytes,
    Optional<Descriptor> config,
    List<Descriptor> layers,
    List<Descriptor> children,
    Optional<Digest> subject,
    Optional<String> artifactType) {
  public Manifest {
    layers = List.copyOf(layers);
    children = List.copyOf(children);
  }
}
