package io.gantry.domain.namespace;

import static io.gantry.domain.error.RegistryException.badFormat;
import static io.gantry.domain.error.RegistryException.notAllowed;
import static io.gantry.domain.error.RegistryException.required;

import java.util.regex.Pattern;

/**
 * The name of a namespace: 4 to 50 of {@code [a-z0-9-]}, first and last a letter or digit; the
 * first component of an OCI repository name.
 */
public record NamespaceName(String value) {
  public static final int MIN_LENGTH = 4;
  public static final int MAX_LENGTH = 50;
  private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

  public NamespaceName {
    if (value.isEmpty()) throw required("name");
    if (value.length() < MIN_LENGTH || value.length() > MAX_LENGTH) {
      throw notAllowed("name", "must have " + MIN_LENGTH + " to " + MAX_LENGTH + " characters");
    }
    if (!GRAMMAR.matcher(value).matches()) {
      throw badFormat(
          "name", "must be lower-case letters, digits and hyphens, first and last not a hyphen");
    }
  }

  /** Names that start with {@code scw} are kept for the registry's operator. */
  public boolean isReserved() {
    return value.startsWith("scw");
  }

  @Override
  public String toString() {
    return value;
  }
}
