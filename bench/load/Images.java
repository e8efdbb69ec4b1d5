import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Whole images up, and what a client asks before it pulls one. */
final class Images {
  private static final int CONFIG = 1500;

  private final Options options;

  Images(Options options) {
    this.options = options;
  }

  /** What one image is made of, laid out before the clock starts. */
  private record Image(
      byte[] config, String configDigest, byte[] layer, String layerDigest, byte[] manifest) {
    static Image random(int layerSize) {
      byte[] config = new byte[CONFIG];
      byte[] layer = new byte[layerSize];
      Content.random().nextBytes(config);
      Content.random().nextBytes(layer);
      String configDigest = Content.digest(config);
      String layerDigest = Content.digest(layer);
      String manifest =
          """
          {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
          "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},\
          "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%d}]}"""
              .formatted(configDigest, config.length, layerDigest, layer.length);
      return new Image(
          config, configDigest, layer, layerDigest, manifest.getBytes(StandardCharsets.UTF_8));
    }

    void push(Repository repository, String tag) throws IOException {
      repository.pushAsDocker(layer, layerDigest);
      repository.pushAsDocker(config, configDigest);
      repository.pushManifest(manifest, tag);
    }
  }

  /** Each with a configuration, a layer and a manifest of its own, into {@code --images} images. */
  String push() throws Exception {
    int count = options.number("count", 1000);
    int warmUp = options.number("warm-up", 300);
    int images = options.number("images", 1);
    Image[] all = new Image[warmUp + count];
    for (int i = 0; i < all.length; i++) all[i] = Image.random(options.number("size", 16 << 10));
    Times.Step<Connection> push =
        (connection, i) ->
            all[i].push(new Repository(connection, repository() + i % images), "tag-" + i);
    int connections = options.connections();
    Times.of(warmUp, connections, options::connect, push);
    return Times.of(
            count, connections, options::connect, (own, i) -> push.run(own, warmUp + i))
        .summary("images/s");
  }

  /** {@code --what} of a hundred images of one repository. */
  String read() throws Exception {
    int images = 100;
    Image[] all = new Image[images];
    String[] digests = new String[images];
    try (var connection = options.connect()) {
      var repository = new Repository(connection, repository());
      for (int i = 0; i < images; i++) {
        all[i] = Image.random(100);
        digests[i] = Content.digest(all[i].manifest());
        all[i].push(repository, "tag-" + i);
      }
    }
    String what = options.text("what");
    Times.Step<Connection> step =
        (connection, number) -> {
          int i = number % images;
          var repository = new Repository(connection, repository());
          var response =
              switch (what) {
                case "manifest-get-tag" -> repository.get(repository.manifest("tag-" + i));
                case "manifest-get-digest" -> repository.get(repository.manifest(digests[i]));
                case "manifest-head-tag" -> repository.head(repository.manifest("tag-" + i));
                case "manifest-head-digest" -> repository.head(repository.manifest(digests[i]));
                case "blob-head" -> repository.head(repository.blobs() + all[i].layerDigest());
                default -> throw new IllegalArgumentException("--what " + what);
              };
          response.expect(200);
          if (what.contains("get") && response.bodyLength() != all[i].manifest().length) {
            throw new IOException("not the manifest: " + response.bodyLength() + " bytes");
          }
        };
    int connections = options.connections();
    Times.of(options.number("warm-up", 5000), connections, options::connect, step);
    return Times.of(options.number("count", 20_000), connections, options::connect, step)
        .summary("requests/s");
  }

  private String repository() {
    return options.text("repository");
  }
}
