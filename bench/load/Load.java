import java.util.Arrays;

/**
 * Puts one kind of load on one server and prints one line of {@code key=value} figures. Bodies and
 * digests are made before the clock starts, and the clients are bare sockets: on a small machine
 * what the client spends is taken from the server.
 *
 * <pre>java Load SCENARIO --url http://127.0.0.1:5000 [--name value]...</pre>
 */
public final class Load {
  private Load() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 0) throw new IllegalArgumentException("name a scenario; see README.md");
    var options = Options.parse(Arrays.copyOfRange(arguments, 1, arguments.length));
    System.out.println(
        switch (arguments[0]) {
          case "blob-small" -> new Blobs(options).small();
          case "blob-up" -> new Blobs(options).upload();
          case "blob-down" -> new Blobs(options).download();
          case "blobs-parallel" -> new Blobs(options).parallel();
          case "image-push" -> new Images(options).push();
          case "image-read" -> new Images(options).read();
          case "pages" -> new Pages(options).run();
          case "tag-names" -> new Pages(options).tagNames();
          case "rest-get" -> new Pages(options).get();
          case "grpc-get" -> new GrpcGet(options).run();
          case "disk" -> new Disk(options).run();
          default -> throw new IllegalArgumentException("unknown scenario " + arguments[0]);
        });
  }
}
