package io.gantry.bootstrap.accesstable;

import static java.util.Objects.requireNonNull;

import io.gantry.bootstrap.accesstable.Row.Face;
import io.gantry.bootstrap.accesstable.Row.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The document, read: every table with a column for each {@link Who}, under the last lines that
 * begin with {@code Paths begin with} and {@code Visibility:}, and the words that each face has for
 * a status.
 */
final class AccessTable {
  private static final Path DOCUMENT = Path.of("..", "docs", "access.md");
  private static final Pattern PREFIX = Pattern.compile("Paths begin with `([^`]*)`.*");
  private static final Pattern VISIBILITY = Pattern.compile("Visibility: (.*)\\.");
  private static final Pattern CODE = Pattern.compile("`([^`]*)`( with a token)?");
  private static final String SERVICE = "scaleway.registry.v1.Registry/";

  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Map<Face, String>> words = new HashMap<>();
  private List<String> headings = List.of();
  private List<Seen> seen = List.of();
  private String prefix = "";

  private AccessTable() {}

  static AccessTable read() throws IOException {
    var table = new AccessTable();
    Files.readAllLines(DOCUMENT).forEach(table::line);
    return table;
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  /** What a face says beside or instead of this status; empty if nothing. */
  String word(String status, Face face) {
    return requireNonNull(words.get(status), () -> "no line says what " + status + " is")
        .getOrDefault(face, "");
  }

  /** The status that the document means by this word. */
  String statusOf(Face face, String word) {
    return words.entrySet().stream()
        .filter(line -> word.equals(line.getValue().get(face)))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(word);
  }

  private void line(String line) {
    Matcher path = PREFIX.matcher(line);
    Matcher visibility = VISIBILITY.matcher(line);
    if (line.startsWith("#")) {
      prefix = "";
      seen = List.of();
    } else if (path.matches()) {
      prefix = path.group(1);
    } else if (visibility.matches()) {
      seen = Stream.of(visibility.group(1).split(", ")).map(AccessTable::seen).toList();
    } else if (!line.startsWith("|")) {
      headings = List.of();
    } else if (headings.isEmpty()) {
      headings = cells(line);
    } else if (!line.startsWith("| ---")) {
      row(cells(line));
    }
  }

  private static List<String> cells(String line) {
    return Stream.of(line.substring(1, line.lastIndexOf('|')).split("\\|"))
        .map(String::strip)
        .toList();
  }

  private static Seen seen(String title) {
    return Stream.of(Seen.values())
        .filter(one -> one.title().equals(title))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no visibility is called " + title));
  }

  private void row(List<String> line) {
    if (line.size() != headings.size()) throw new AssertionError("columns are missing: " + line);
    if (headings.getFirst().equals("answer")) {
      words.put(line.getFirst().replaceAll(":.*", ""), words(line));
    } else if (headings.contains(Who.ANONYMOUS.title())) {
      addRows(line);
    }
  }

  private Map<Face, String> words(List<String> line) {
    Map<Face, String> found = new EnumMap<>(Face.class);
    for (Face face : Face.values()) {
      Matcher code = CODE.matcher(line.get(columnOf(face)));
      if (code.find()) found.put(face, code.group(1));
    }
    return found;
  }

  private void addRows(List<String> line) {
    Map<Who, String> cells = new EnumMap<>(Who.class);
    for (Who who : Who.values()) {
      cells.put(who, line.get(headings.indexOf(who.title())));
    }
    for (Face face : Face.values()) {
      if (columnOf(face) < 0) continue;
      Matcher code = CODE.matcher(line.get(columnOf(face)));
      if (!code.matches()) throw new AssertionError("names no route: " + line);
      rows.add(
          new Row(face, routes(face, code.group(1), line), code.group(2) != null, seen, cells));
    }
  }

  private List<Route> routes(Face face, String text, List<String> line) {
    if (face == Face.GRPC) return List.of(grpc(text, line));
    int space = text.lastIndexOf(' ');
    String path = prefix + text.substring(space + 1);
    return Stream.of(text.substring(0, space).split(", "))
        .map(method -> new Route(method, path, ""))
        .toList();
  }

  /** A method of the registry's own service stands beside what REST calls it. */
  private Route grpc(String text, List<String> line) {
    if (text.contains("/")) return new Route("", text, "");
    Matcher rest = CODE.matcher(line.get(columnOf(Face.REST)));
    if (!rest.matches()) throw new AssertionError("names no route: " + line);
    return new Route("", SERVICE + text, rest.group(1));
  }

  private int columnOf(Face face) {
    return headings.indexOf(face == Face.GRPC ? "gRPC" : face.name());
  }
}
