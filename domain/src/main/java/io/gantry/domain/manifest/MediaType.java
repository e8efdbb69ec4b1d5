package io.gantry.domain.manifest;

import static io.gantry.domain.error.RegistryException.badFormat;

import java.util.regex.Pattern;

/** A media type without parameters, RFC 6838 §4.2. */
public record MediaType(String value) {
  // First: the constants below are checked against it.
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}");

  public static final MediaType OCI_MANIFEST =
      new MediaType("application/vnd.oci.image.manifest.v1+json");
  public static final MediaType OCI_INDEX =
      new MediaType("application/vnd.oci.image.index.v1+json");
  public static final MediaType DOCKER_MANIFEST =
      new MediaType("application/vnd.docker.distribution.manifest.v2+json");
  public static final MediaType DOCKER_MANIFEST_LIST =
      new MediaType("application/vnd.docker.distribution.manifest.list.v2+json");

  public MediaType {
    if (value.length() > 255 || !GRAMMAR.matcher(value).matches()) {
      throw badFormat("mediaType", "must look like type/subtype");
    }
  }

  /** Reads a {@code Content-Type}, leaving its parameters away. */
  public static MediaType parseContentType(String text) {
    int semicolon = text.indexOf(';');
    return new MediaType((semicolon < 0 ? text : text.substring(0, semicolon)).strip());
  }

  @Override
  public String toString() {
    return value;
  }
}
