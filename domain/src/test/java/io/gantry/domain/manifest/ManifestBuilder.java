package io.gantry.domain.manifest;

import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.blob.StorageKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Builds manifests for tests; each has bytes, and so a digest, of its own. */
public final class ManifestBuilder {
  private static final MediaType LAYER =
      new MediaType("application/vnd.oci.image.layer.v1.tar+gzip");
  private static final MediaType CONFIG = new MediaType("application/vnd.oci.image.config.v1+json");

  private MediaType mediaType = MediaType.OCI_MANIFEST;
  private ManifestBytes bytes = new ManifestBytes(unique(0));
  private Optional<Descriptor> config = Optional.empty();
  private final List<Descriptor> layers = new ArrayList<>();
  private final List<Descriptor> children = new ArrayList<>();
  private Optional<Digest> subject = Optional.empty();
  private Optional<String> artifactType = Optional.empty();

  public static ManifestBuilder aManifest() {
    return new ManifestBuilder();
  }

  public static ManifestBuilder anIndex() {
    ManifestBuilder index = new ManifestBuilder();
    index.mediaType = MediaType.OCI_INDEX;
    return index;
  }

  private static byte[] unique(int atLeast) {
    String text = UUID.randomUUID().toString();
    return (text + "x".repeat(Math.max(0, atLeast - text.length())))
        .getBytes(StandardCharsets.US_ASCII);
  }

  public ManifestBuilder sized(int bytes) {
    this.bytes = new ManifestBytes(unique(bytes));
    return this;
  }

  /** A blob that no registry has yet. */
  public static Blob aBlob(long size) {
    UUID content = UUID.randomUUID();
    Digest digest =
        Digest.of(DigestAlgorithm.SHA256, content.toString().getBytes(StandardCharsets.US_ASCII));
    return new Blob(digest, new ByteSize(size), new StorageKey(content));
  }

  public ManifestBuilder config(Blob blob) {
    config = Optional.of(new Descriptor(CONFIG, blob.digest(), blob.size().bytes(), false));
    return this;
  }

  public ManifestBuilder layers(Blob... blobs) {
    for (Blob blob : blobs) layer(blob, blob.size().bytes());
    return this;
  }

  /** A layer that claims to have {@code size} bytes. */
  public ManifestBuilder layer(Blob blob, long size) {
    layers.add(new Descriptor(LAYER, blob.digest(), size, false));
    return this;
  }

  public ManifestBuilder foreignLayer(Digest digest, long size) {
    layers.add(new Descriptor(LAYER, digest, size, true));
    return this;
  }

  public ManifestBuilder children(Manifest... manifests) {
    for (Manifest one : manifests) {
      children.add(new Descriptor(one.mediaType(), one.digest(), one.bytes().size(), false));
    }
    return this;
  }

  public ManifestBuilder blobChild(Blob blob) {
    children.add(new Descriptor(LAYER, blob.digest(), blob.size().bytes(), false));
    return this;
  }

  public ManifestBuilder subject(Manifest manifest) {
    subject = Optional.of(manifest.digest());
    return this;
  }

  public ManifestBuilder artifactType(String type) {
    artifactType = Optional.of(type);
    return this;
  }

  public Manifest build() {
    return new Manifest(
        bytes.digest(DigestAlgorithm.SHA256),
        mediaType,
        bytes,
        config,
        layers,
        children,
        subject,
        artifactType);
  }
}
