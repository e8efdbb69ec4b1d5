package io.gantry.domain.access;

import static io.gantry.domain.error.RegistryException.badFormat;

import java.util.regex.Pattern;

/** The public half of an API key, in the form the published clients check. */
public record AccessKey(String value) {
  private static final Pattern GRAMMAR = Pattern.compile("SCW[A-Z0-9]{17}");

  public AccessKey {
    if (value.length() != 20 || !GRAMMAR.matcher(value).matches()) {
      throw badFormat("access_key", "must be SCW and 17 upper-case letters or digits");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
