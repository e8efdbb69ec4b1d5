package io.gantry.domain.access;

import static io.gantry.domain.error.RegistryException.badFormat;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The public half of an API key, in the form the published clients check. */
public record AccessKey(String value) {
  private static final Pattern GRAMMAR = Pattern.compile("SCW[A-Z0-9]{17}");
  private static final int RANDOM_LENGTH = 17;
  private static final int RADIX = Character.MAX_RADIX;

  public AccessKey {
    if (value.length() != 20 || !GRAMMAR.matcher(value).matches()) {
      throw badFormat("access_key", "must be SCW and 17 upper-case letters or digits");
    }
  }

  /** One that nobody has. */
  public static AccessKey random(RandomGenerator random) {
    var text = new StringBuilder("SCW");
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      text.append(Character.toUpperCase(Character.forDigit(random.nextInt(RADIX), RADIX)));
    }
    return new AccessKey(text.toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
