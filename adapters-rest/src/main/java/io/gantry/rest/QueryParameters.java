package io.gantry.rest;

import static io.gantry.domain.error.RegistryException.badFormat;
import static io.gantry.domain.error.RegistryException.notAllowed;

import io.gantry.application.access.NameFilter;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.paging.PageRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request. Of a repeated parameter the first counts unless all are asked for, one
 * without value is absent, and one that nobody asks for is ignored.
 */
public final class QueryParameters {
  private final Map<String, List<String>> all = new HashMap<>();

  /** Reads the part after the question mark, still percent-encoded, if there is one. */
  public QueryParameters(@Nullable String query) {
    if (query == null) return;
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        all.computeIfAbsent(pair.substring(0, equals), _ -> new ArrayList<>())
            .add(pair.substring(equals + 1));
      }
    }
  }

  /** The decoded value, empty if absent. */
  public String text(String name) {
    List<String> encoded = all.get(name);
    return encoded == null ? "" : decoded(name, encoded.getFirst());
  }

  /** All values of a parameter that may be repeated, the empty ones aside. */
  public <T> Set<T> values(String name, Function<String, T> reader) {
    return all.getOrDefault(name, List.of()).stream()
        .filter(encoded -> !encoded.isEmpty())
        .map(encoded -> reader.apply(decoded(name, encoded)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** A text to look for, if it is not empty. */
  public Optional<String> search(String name) {
    return value(name, text -> text);
  }

  /** As {@link #flag}, absent if it is not there. */
  public Optional<Boolean> choice(String name) {
    return value(name, _ -> flag(name));
  }

  private static String decoded(String name, String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw badFormat(name, "must be percent-encoded correctly");
    }
  }

  /** The value as {@code reader} understands it. */
  public <T> Optional<T> value(String name, Function<String, T> reader) {
    String text = text(name);
    return text.isEmpty() ? Optional.empty() : Optional.of(reader.apply(text));
  }

  public NameFilter name() {
    return name("name");
  }

  public NameFilter name(String parameter) {
    return NameFilter.of(text(parameter));
  }

  public Optional<ProjectId> projectId() {
    return value("project_id", ProjectId::parse);
  }

  public Optional<OrganizationId> organizationId() {
    return value("organization_id", OrganizationId::parse);
  }

  public PageRequest page() {
    return new PageRequest(number("page", 1), number("page_size", PageRequest.DEFAULT_SIZE));
  }

  /** One of an enum's constants, in lower case on the wire; the first one if absent. */
  public <E extends Enum<E>> E orderBy(Class<E> orders) {
    String text = text("order_by");
    E[] all = orders.getEnumConstants();
    if (text.isEmpty()) return all[0];
    return Arrays.stream(all)
        .filter(order -> wireName(order).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                notAllowed(
                    "order_by",
                    "must be one of "
                        + Arrays.stream(all)
                            .map(QueryParameters::wireName)
                            .collect(Collectors.joining(", "))));
  }

  /** True or false in any case, as one published client writes {@code True}; false if absent. */
  public boolean flag(String name) {
    String text = text(name);
    if (text.isEmpty() || text.equalsIgnoreCase("false")) return false;
    if (text.equalsIgnoreCase("true")) return true;
    throw badFormat(name, "must be true or false");
  }

  private int number(String name, int ifAbsent) {
    String text = text(name);
    if (text.isEmpty()) return ifAbsent;
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw badFormat(name, "must be a whole number of at most 32 bits");
    }
  }

  private static String wireName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
