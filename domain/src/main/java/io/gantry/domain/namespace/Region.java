package io.gantry.domain.namespace;

import static io.gantry.domain.error.RegistryException.badFormat;

import java.util.regex.Pattern;

/**
 * A region such as {@code fr-par}. Which regions are served is configuration; this is only their
 * grammar, the one the published clients can decode.
 */
public record Region(String value) {
  private static final Pattern GRAMMAR = Pattern.compile("[a-z]{2}-[a-z]{3,7}");

  public Region {
    if (value.length() > 10 || !GRAMMAR.matcher(value).matches()) {
      throw badFormat("region", "must look like fr-par");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
