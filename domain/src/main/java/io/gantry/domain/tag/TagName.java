package io.gantry.domain.tag;

import static io.gantry.domain.error.RegistryException.badFormat;

import java.util.regex.Pattern;

/** The name of a tag, OCI Distribution "Pulling manifests" ({@code <reference>} as a tag). */
public record TagName(String value) {
  public static final int MAX_LENGTH = 128;
  private static final Pattern GRAMMAR = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

  public TagName {
    if (!isValid(value)) {
      throw badFormat("tag", "must be 1 to 128 letters, digits, _ . or -, the first not . or -");
    }
  }

  /** Whether a text can be the name of a tag. */
  public static boolean isValid(String text) {
    return text.length() <= MAX_LENGTH && GRAMMAR.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
