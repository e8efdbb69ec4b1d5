package io.gantry.oci.manifest;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import java.nio.charset.StandardCharsets;

/** Manifest documents as clients write them. */
public final class Documents {
  public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  public static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";
  public static final String DOCKER_LIST =
      "application/vnd.docker.distribution.manifest.list.v2+json";
  public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
  public static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

  private Documents() {}

  public static String descriptor(String mediaType, Digest digest, long size) {
    return descriptor(mediaType, digest.toString(), size, "");
  }

  static String descriptor(String mediaType, String digest, long size, String more) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
        .formatted(mediaType, digest, size, more);
  }

  /** A descriptor of {@code content}, which need not be a manifest. */
  static String describe(String mediaType, String content) {
    return descriptor(mediaType, digestOf(content), content.length());
  }

  public static Digest digestOf(String content) {
    return Digest.of(DigestAlgorithm.SHA256, content.getBytes(StandardCharsets.UTF_8));
  }

  /** An image manifest with these further fields, each ending in a comma. */
  public static String image(String more, String config, String... layers) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",%s\"config\":%s,\"layers\":[%s]}"
        .formatted(OCI_MANIFEST, more, config, String.join(",", layers));
  }

  public static String index(String more, String... manifests) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",%s\"manifests\":[%s]}"
        .formatted(OCI_INDEX, more, String.join(",", manifests));
  }
}
