package io.gantry.oci;

import static io.gantry.domain.error.RegistryException.badFormat;

import io.gantry.domain.access.Caller;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A request to one repository, with who sent it. */
public record OciRequest(
    HttpServerRequest http, Caller caller, Region region, RepositoryPath repository) {

  public Optional<String> header(String name) {
    return Optional.ofNullable(http.getHeader(name));
  }

  /** The first query parameter with this name. */
  public Optional<String> query(String name) {
    return queries(http, name).stream().findFirst();
  }

  /** Every query parameter with this name. */
  public static List<String> queries(HttpServerRequest http, String name) {
    try {
      return http.params().getAll(name);
    } catch (IllegalArgumentException _) {
      throw badFormat("query", "cannot be read: write % as %25");
    }
  }

  /** The announced length of the body, if it has one. */
  public OptionalLong contentLength() {
    Optional<String> text = header("Content-Length");
    if (text.isEmpty()) {
      // Only HTTP/1 says that a body follows; later versions simply send it.
      boolean mayFollow =
          http.version() == HttpVersion.HTTP_2 || header("Transfer-Encoding").isPresent();
      return mayFollow ? OptionalLong.empty() : OptionalLong.of(0);
    }
    try {
      return OptionalLong.of(Long.parseLong(text.get()));
    } catch (NumberFormatException _) {
      throw badFormat("Content-Length", "must be a number");
    }
  }

  /** Where this repository's endpoints are. */
  public String path(String rest) {
    return "/v2/" + repository + rest;
  }
}
