package io.gantry.domain.error;

import static io.gantry.domain.error.RegistryException.badFormat;

import java.util.UUID;
import java.util.regex.Pattern;

/** Reads UUIDs strictly: {@link UUID#fromString} alone accepts shortened groups. */
public final class Uuids {
  private static final Pattern GRAMMAR =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Uuids() {}

  /** The UUID in its canonical form; an {@code InvalidArgument} naming {@code argument} if not. */
  public static UUID parse(String argument, String text) {
    if (text.length() != 36 || !GRAMMAR.matcher(text).matches()) {
      throw badFormat(argument, "must be a UUID");
    }
    return UUID.fromString(text);
  }
}
