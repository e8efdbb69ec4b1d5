package io.gantry.bootstrap.accesstable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.bootstrap.accesstable.Case.Presence;
import io.gantry.bootstrap.accesstable.Row.Face;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Tries every cell of the table. Where it says that there is nothing, or nothing to see, the same
 * is asked about something that really is not there: both answers have to be the same in all.
 */
final class Walk {
  private final AccessTable table;
  private final Http http;
  private final Grpc grpc;
  private final Keys keys;
  private final OciUses oci;
  private final RegistryUses registry;
  private final IdentityUses identity;
  private final Map<String, String> tokens = new ConcurrentHashMap<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger cases = new AtomicInteger();
  private final AtomicInteger comparisons = new AtomicInteger();

  Walk(AccessTable table, Http http, Grpc grpc, World world) {
    this.table = table;
    this.http = http;
    this.grpc = grpc;
    this.keys = world.keys();
    this.oci = new OciUses(world);
    this.registry = new RegistryUses(world);
    this.identity = new IdentityUses(keys);
  }

  /** How a caller of the data plane says who they are. */
  private enum Credentials {
    SECRET,
    TOKEN
  }

  void walk() throws InterruptedException, ExecutionException {
    try (ExecutorService executor = Executors.newFixedThreadPool(Seen.values().length)) {
      List<Callable<Void>> walks =
          Stream.of(Seen.values()).map(seen -> (Callable<Void>) () -> walk(seen)).toList();
      for (Future<Void> walk : executor.invokeAll(walks)) {
        var _ = walk.get();
      }
    }
  }

  /** Things of different visibility are not in each other's way. */
  @SuppressWarnings("NullAway") // nothing else is a Void
  private Void walk(Seen seen) {
    for (Row row : table.rows()) {
      if (!row.toTry().contains(seen)) continue;
      for (var route : row.routes()) {
        row.cells().forEach((who, cell) -> tryOne(new Case(row, route, who, seen, cell)));
      }
    }
    return null;
  }

  /** What is not as documented. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  int cases() {
    return cases.get();
  }

  int comparisons() {
    return comparisons.get();
  }

  private void tryOne(Case one) {
    boolean withToken = isDataPlane(one) && isGood(one.who());
    if (!one.row().withToken()) tryOne(one, Credentials.SECRET);
    // Nobody's token differs from no token where logins are checked: those have rows of their own.
    boolean checksLogin = !one.route().path().contains("<");
    if (withToken && (one.row().withToken() || one.who() != Who.ANONYMOUS || !checksLogin)) {
      tryOne(one, Credentials.TOKEN);
    }
  }

  private static boolean isGood(Who who) {
    return who != Who.EXPIRED && who != Who.REVOKED;
  }

  private static boolean isDataPlane(Case one) {
    return one.face() == Face.OCI && one.route().path().startsWith("/v2");
  }

  private void tryOne(Case one, Credentials credentials) {
    var _ = cases.incrementAndGet();
    Request request = request(one, Presence.THERE, credentials);
    Answer answer = send(one, request);
    String expected = request.method().equals("HEAD") ? status(one.cell()) : one.cell();
    String found = found(one, request, answer);
    if (!found.equals(expected)) {
      failures.add(
          "%s (%s): documented %s, found %s: %s"
              .formatted(one, credentials, expected, found, answer.body()));
      return;
    }
    String code = code(one);
    if (one.face() != Face.GRPC && !answer.body().isEmpty() && !answer.code().equals(code)) {
      failures.add(
          "%s (%s): documented code %s, found %s".formatted(one, credentials, code, answer.body()));
    }
    if (hides(one)) compare(one, request, answer, credentials);
  }

  /** Whether the answer is to be that to a thing which is not there. */
  private static boolean hides(Case one) {
    if (one.route().path().contains("{own}")) return false;
    return switch (one.cell()) {
      case "401", "404", "200 without", "200 none" -> true;
      case "202" -> OciUses.mounts(one);
      case "403" -> RegistryUses.has(one) && RegistryUses.operation(one).equals("POST /namespaces");
      default -> false;
    };
  }

  private void compare(Case one, Request request, Answer answer, Credentials credentials) {
    for (Presence presence : Presence.values()) {
      boolean fits =
          presence == Presence.ABSENT
              || (presence == Presence.IMAGE_ABSENT && one.route().path().contains("<name>"));
      if (!fits) continue;
      var _ = comparisons.incrementAndGet();
      Request absent = request(one, presence, credentials);
      Answer other = send(one, absent);
      String hidden = told(one, request, answer);
      String nothing = told(one, absent, other);
      if (!hidden.equals(nothing)) {
        failures.add(
            "%s (%s) differs from %s:\n%s\n--- but\n%s"
                .formatted(one, credentials, presence, hidden, nothing));
      }
    }
  }

  /** What the registry's own things are not found with has no kind. */
  private String code(Case one) {
    String status = status(one.cell());
    boolean hasNone = RegistryUses.has(one) && status.equals("404");
    return status.startsWith("2") || hasNone ? "" : table.word(status, one.face());
  }

  /**
   * All that an answer tells; of a token what it is good for, as no two are the same, and of the
   * catalog whether the thing is in it, as others' follow.
   */
  private String told(Case one, Request request, Answer answer) {
    return request.path().startsWith(Keys.TOKENS) || request.path().startsWith("/v2/_catalog")
        ? found(one, request, answer)
        : answer.without(request.mentions());
  }

  private Request request(Case one, Presence presence, Credentials credentials) {
    if (one.face() == Face.OCI) {
      String repository = oci.repository(one, presence);
      Request request = oci.request(one, presence, repository);
      if (OciUses.isForm(one)) return request;
      return credentials == Credentials.TOKEN
          ? request.with("Authorization", "Bearer " + token(one, repository))
          : keys.secretOf(one.who())
              .map(secret -> request.with("Authorization", Http.basic(secret)))
              .orElse(request);
    }
    Request request =
        RegistryUses.has(one) || one.face() == Face.GRPC
            ? grpcOrRest(one, presence)
            : identity.request(one, presence);
    Optional<String> secret = request.secret().or(() -> keys.secretOf(one.who()));
    return secret.map(text -> request.with("X-Auth-Token", text)).orElse(request);
  }

  private Request grpcOrRest(Case one, Presence presence) {
    return RegistryUses.has(one)
        ? registry.request(one, presence)
        : Request.of("", one.route().path());
  }

  private Answer send(Case one, Request request) {
    return one.face() == Face.GRPC
        ? grpc.send(request, keys.secretOf(one.who()))
        : http.send(request);
  }

  private String found(Case one, Request request, Answer answer) {
    String status =
        one.face() == Face.GRPC ? table.statusOf(Face.GRPC, answer.status()) : answer.status();
    if (!status.equals("200") || request.method().equals("HEAD")) return status;
    if (request.path().startsWith(Keys.TOKENS)) return status + " " + granted(answer);
    if (request.shows().isEmpty()) return status;
    return status + (answer.body().contains(request.shows()) ? " with" : " without");
  }

  /** The actions that a token is good for. */
  private static String granted(Answer answer) {
    String token = Http.json(answer.body()).path("token").asText();
    String payload = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8);
    var actions = new TreeSet<String>();
    for (JsonNode entry : Http.json(payload).path("access")) {
      entry.path("actions").forEach(action -> actions.add(action.asText()));
    }
    return actions.isEmpty() ? "none" : actions.stream().collect(joining(", "));
  }

  private String token(Case one, String repository) {
    String path = Keys.TOKENS + oci.scopes(one, repository);
    return tokens.computeIfAbsent(
        one.who() + path,
        _ -> {
          var request = Request.of("GET", path);
          return http.require(
                  200,
                  keys.secretOf(one.who())
                      .map(secret -> request.with("Authorization", Http.basic(secret)))
                      .orElse(request))
              .path("token")
              .asText();
        });
  }

  private static String status(String cell) {
    return cell.split(" ", 2)[0];
  }
}
