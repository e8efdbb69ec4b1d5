package io.gantry.domain;

import io.gantry.domain.error.RegistryException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Texts that nobody means: valid examples with characters changed, cut and repeated, and random
 * ones. A failure names the text and the seed; {@code -Dfuzz.seed=<seed>} makes the same texts
 * again.
 */
public final class Fuzz {
  private static final long SEED = Long.getLong("fuzz.seed", new Random().nextLong());
  private static final String SPECIAL =
      ":/.,-_=+*%&?#@ \"'\\()[]{}<>;0129azAZ\0\t\n\u00e9\u0130\u2028\ud800";

  private Fuzz() {}

  /** Gives {@code count} texts, made of these examples, to a property that throws if broken. */
  public static void texts(int count, List<String> examples, Consumer<String> property) {
    var random = new Random(SEED);
    for (int i = 0; i < count; i++) {
      String text = examples.get(random.nextInt(examples.size()));
      for (int n = random.nextInt(4); n > 0; n--) {
        text = change(text, random).apply(text);
      }
      try {
        property.accept(text);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + SEED + ", text <" + text + ">", e);
      }
    }
  }

  /** What a parser makes of a text; empty if it refuses it as the caller's mistake. */
  public static <T> Optional<T> accepted(Function<String, T> parser, String text) {
    try {
      return Optional.of(parser.apply(text));
    } catch (RegistryException _) {
      return Optional.empty();
    }
  }

  private static UnaryOperator<String> change(String text, Random random) {
    int at = random.nextInt(text.length() + 1);
    int end = at + random.nextInt(text.length() - at + 1);
    char special = SPECIAL.charAt(random.nextInt(SPECIAL.length()));
    char any = (char) random.nextInt(1, 0x3000);
    int times = 1 + random.nextInt(200);
    return switch (random.nextInt(6)) {
      case 0 -> t -> t.substring(0, at) + special + t.substring(at);
      case 1 -> t -> t.substring(0, at) + any + t.substring(end);
      case 2 -> t -> t.substring(0, at) + t.substring(end);
      case 3 -> t -> t.substring(0, end) + t.substring(at);
      case 4 -> t -> t.substring(0, at) + String.valueOf(special).repeat(times) + t.substring(at);
      default -> t -> t.toUpperCase(Locale.ROOT);
    };
  }
}
