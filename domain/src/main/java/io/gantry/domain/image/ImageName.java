package io.gantry.domain.image;

import static io.gantry.domain.error.RegistryException.badFormat;
import static io.gantry.domain.error.RegistryException.notAllowed;

import java.util.regex.Pattern;

/**
 * The name of an image inside its namespace: one or more path components of the grammar of OCI
 * Distribution "Pulling manifests" ({@code <name>}).
 */
public record ImageName(String value) {
  /** Clients refuse host, slash and repository name together beyond 255 characters. */
  public static final int MAX_LENGTH = 200;

  private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*+";
  private static final Pattern GRAMMAR = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*+");

  public ImageName {
    if (value.length() > MAX_LENGTH) {
      throw notAllowed("name", "must have at most " + MAX_LENGTH + " characters");
    }
    if (!GRAMMAR.matcher(value).matches()) {
      throw badFormat(
          "name",
          "must be path components of lower-case letters and digits, separated inside by . _ __ or -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
