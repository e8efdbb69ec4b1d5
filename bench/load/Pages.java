import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Lists, and one thing by its id, of the control plane; tag names of the data plane. */
final class Pages {
  /** A page of a list with nothing in it is shorter, in bytes. */
  private static final int SHORTEST_PAGE = 100;

  private final Options options;

  Pages(Options options) {
    this.options = options;
  }

  /** The targets in the file {@code --targets}, one a line, in turn. */
  String run() throws Exception {
    List<String> targets = Files.readAllLines(Path.of(options.text("targets")));
    return measure(
        (connection, i) -> {
          String target = targets.get(i % targets.size());
          var response = get(connection, target);
          if (response.bodyLength() < SHORTEST_PAGE) throw new IOException("empty: " + target);
        });
  }

  /** Pages of {@code --n} tag names after a random one of {@code build-0000001} and so on. */
  String tagNames() throws Exception {
    int tags = options.number("tags", 100_000);
    int n = options.number("n", 100);
    String path = "/v2/" + options.text("repository") + "/tags/list?n=" + n + "&last=build-";
    return measure(
        (connection, i) -> {
          int last = ThreadLocalRandom.current().nextInt(tags - n);
          var response = get(connection, path + "%07d".formatted(last));
          if (response.bodyLength() < SHORTEST_PAGE) throw new IOException("an empty page");
        });
  }

  /** {@code --path} again and again. */
  String get() throws Exception {
    String path = options.text("path");
    return measure((connection, i) -> get(connection, path));
  }

  private String measure(Times.Step<Connection> step) throws Exception {
    int connections = options.connections();
    Times.of(options.number("warm-up", 500), connections, options::connect, step);
    return Times.of(options.number("count", 2000), connections, options::connect, step)
        .summary("calls/s");
  }

  private static Response get(Connection connection, String target) throws IOException {
    connection.head("GET", target);
    var response = connection.receive();
    response.expect(200);
    return response;
  }
}
