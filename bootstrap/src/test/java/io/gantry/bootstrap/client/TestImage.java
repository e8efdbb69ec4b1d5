package io.gantry.bootstrap.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An image like no other: each layer is an archive of one file of random bytes. */
public record TestImage(List<Layer> layers, Content config, Content manifest) {
  public static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";

  public static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";

  /** What is stored, and the digest of the archive before it was compressed. */
  public record Layer(Content content, String archiveDigest) {}

  public TestImage {
    layers = List.copyOf(layers);
  }

  public static TestImage random(int layers, int bytesPerLayer) throws IOException {
    var made = new ArrayList<Layer>();
    for (int i = 0; i < layers; i++) {
      made.add(randomLayer(bytesPerLayer));
    }
    return of(made, "amd64");
  }

  /** An image of these layers, lowest first. */
  public static TestImage of(List<Layer> layers, String architecture) {
    return of(layers, architecture, LAYER_TYPE);
  }

  /** An image of layers of another media type, lowest first. */
  static TestImage of(List<Layer> layers, String architecture, String layerType) {
    String archives =
        layers.stream().map(layer -> '"' + layer.archiveDigest() + '"').collect(joining(","));
    Content config =
        json(
            """
            {"architecture":"%s","os":"linux","config":{},\
            "rootfs":{"type":"layers","diff_ids":[%s]}}"""
                .formatted(architecture, archives));
    String descriptors =
        layers.stream().map(layer -> descriptor(layerType, layer.content())).collect(joining(","));
    Content manifest =
        json(
            "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
                .formatted(
                    MANIFEST_TYPE,
                    descriptor("application/vnd.oci.image.config.v1+json", config),
                    descriptors));
    return new TestImage(layers, config, manifest);
  }

  public static Layer randomLayer(int bytes) throws IOException {
    byte[] archive = archive(bytes);
    var compressed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(archive);
    }
    return new Layer(Content.of(compressed.toByteArray()), Content.of(archive).digest());
  }

  /** An archive of one file of random bytes. */
  static byte[] archive(int bytes) throws IOException {
    var file = new byte[bytes];
    ThreadLocalRandom.current().nextBytes(file);
    var archive = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(archive)) {
      var entry = new TarArchiveEntry("file-" + ThreadLocalRandom.current().nextInt(1_000_000));
      entry.setSize(bytes);
      tar.putArchiveEntry(entry);
      tar.write(file);
      tar.closeArchiveEntry();
    }
    return archive.toByteArray();
  }

  /** Everything that is pushed before the manifest. */
  public List<Content> blobs() {
    var blobs = new ArrayList<Content>();
    layers.forEach(layer -> blobs.add(layer.content()));
    blobs.add(config);
    return blobs;
  }

  static String descriptor(String mediaType, Content content) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(mediaType, content.digest(), content.size());
  }

  static Content json(String text) {
    return Content.of(text.getBytes(UTF_8));
  }
}
