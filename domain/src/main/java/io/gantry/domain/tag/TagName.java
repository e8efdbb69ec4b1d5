package io.gantry.domain.tag;

import static io.gantry.domain.error.RegistryException.badFormat;

import java.util.regex.Pattern;

/** The name of a tag, OCI Distribution "Pulling manifests" ({@code <reference>} as a tag). */
public record TagName(String value) {
  public static final int MAX_LENGTH = 128;
  private static final Pattern GRAMMAR = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

  public TagName {
    if (value.length() > MAX_LENGTH || !GRAMMAR.matcher(value).matches()) {
      throw badFormat("tag", "must be 1 to 128 letters, digits, _ . or -, the first not . or -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
