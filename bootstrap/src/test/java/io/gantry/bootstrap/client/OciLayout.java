package io.gantry.bootstrap.client;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A folder of images as the OCI Image Layout specification has it. */
record OciLayout(Path folder) {
  private static final String TAG = "org.opencontainers.image.ref.name";
  static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Writes a layout with one image under one tag. */
  static OciLayout of(Path folder, String tag, TestImage image) throws IOException {
    var layout = new OciLayout(folder);
    layout.write(image);
    layout.finish(tag, TestImage.MANIFEST_TYPE, image.manifest());
    return layout;
  }

  /** Writes a layout with an index under one tag, the last of these, and with what it needs. */
  static OciLayout of(Path folder, String tag, Content... contents) throws IOException {
    var layout = new OciLayout(folder);
    for (Content content : contents) {
      layout.write(content);
    }
    layout.finish(tag, INDEX_TYPE, contents[contents.length - 1]);
    return layout;
  }

  /** An index of what these descriptors, separated by commas, describe. */
  static Content index(String descriptors) {
    return TestImage.json(
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
            .formatted(INDEX_TYPE, descriptors));
  }

  /** Writes a layout with an index under one tag: an image for each of two architectures. */
  static OciLayout ofTwo(Path folder, String tag, TestImage amd64, TestImage arm64)
      throws IOException {
    var layout = new OciLayout(folder);
    layout.write(amd64);
    layout.write(arm64);
    String manifests =
        List.of(platform(amd64, "amd64"), platform(arm64, "arm64")).stream().collect(joining(","));
    Content index = index(manifests);
    layout.write(index);
    layout.finish(tag, INDEX_TYPE, index);
    return layout;
  }

  /** The digest of the only thing that has a tag. */
  String digest() throws IOException {
    JsonNode index = JSON.readTree(folder.resolve("index.json").toFile());
    return index.path("manifests").path(0).path("digest").asText();
  }

  /** For each blob's file, by its name, the digest of what is in it. */
  Map<String, String> blobs() throws IOException {
    var blobs = new TreeMap<String, String>();
    try (var files = Files.list(folder.resolve("blobs/sha256"))) {
      for (Path file : files.toList()) {
        blobs.put("sha256:" + file.getFileName(), Content.of(Files.readAllBytes(file)).digest());
      }
    }
    return blobs;
  }

  private static String platform(TestImage image, String architecture) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,%s}"
        .formatted(
            TestImage.MANIFEST_TYPE,
            image.manifest().digest(),
            image.manifest().size(),
            "\"platform\":{\"os\":\"linux\",\"architecture\":\"" + architecture + "\"}");
  }

  private void write(TestImage image) throws IOException {
    for (Content blob : image.blobs()) {
      write(blob);
    }
    write(image.manifest());
  }

  private void write(Content blob) throws IOException {
    Path blobs = Files.createDirectories(folder.resolve("blobs/sha256"));
    Files.write(blobs.resolve(blob.digest().substring("sha256:".length())), blob.bytes());
  }

  private void finish(String tag, String mediaType, Content content) throws IOException {
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.writeString(
        folder.resolve("index.json"),
        "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,%s}]}"
            .formatted(
                mediaType,
                content.digest(),
                content.size(),
                "\"annotations\":{\"" + TAG + "\":\"" + tag + "\"}"));
  }
}
