package io.gantry.domain.error;

import static io.gantry.domain.error.RegistryException.badFormat;

import java.util.UUID;

/** Reads UUIDs strictly: {@link UUID#fromString} alone accepts groups of other lengths. */
public final class Uuids {
  private Uuids() {}

  /** The UUID in its canonical form; an {@code InvalidArgument} naming {@code argument} if not. */
  public static UUID parse(String argument, String text) {
    try {
      UUID uuid = UUID.fromString(text);
      if (uuid.toString().equalsIgnoreCase(text)) return uuid;
    } catch (IllegalArgumentException e) {
      // as for one that it accepts
    }
    throw badFormat(argument, "must be a UUID");
  }
}
