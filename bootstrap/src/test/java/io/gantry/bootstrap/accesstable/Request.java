package io.gantry.bootstrap.accesstable;

import io.gantry.bootstrap.client.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is sent to try a route, but for who sends it.
 *
 * @param path for HTTP with the query, for gRPC the method's full name
 * @param arguments of a gRPC method
 * @param body empty for none
 * @param mentions texts that stand for the thing it is about, the longest first: in answers about
 *     things that are hidden and things that are absent nothing else may differ
 * @param shows a text whose presence in a list is what the table tells of; empty if none
 * @param secret of somebody else than the column's usual caller
 */
record Request(
    String method,
    String path,
    Map<String, Object> arguments,
    Map<String, String> headers,
    Content body,
    List<String> mentions,
    String shows,
    Optional<String> secret) {
  private static final Content NOTHING = Content.of(new byte[0]);

  Request {
    arguments = new TreeMap<>(arguments);
    headers = new TreeMap<>(headers);
    mentions = List.copyOf(mentions);
  }

  static Request of(String method, String path) {
    return new Request(method, path, Map.of(), Map.of(), NOTHING, List.of(), "", Optional.empty());
  }

  Request about(String... texts) {
    List<String> more = new ArrayList<>(mentions);
    more.addAll(List.of(texts));
    return new Request(method, path, arguments, headers, body, more, shows, secret);
  }

  Request showing(String text) {
    return new Request(method, path, arguments, headers, body, mentions, text, secret);
  }

  Request sending(String type, byte[] content) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put("Content-Type", type);
    return new Request(method, path, arguments, more, Content.of(content), mentions, shows, secret);
  }

  Request with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Request(method, path, arguments, more, body, mentions, shows, secret);
  }

  Request giving(Map<String, Object> given) {
    return new Request(method, path, given, headers, body, mentions, shows, secret);
  }

  Request by(String other) {
    return new Request(method, path, arguments, headers, body, mentions, shows, Optional.of(other));
  }
}
