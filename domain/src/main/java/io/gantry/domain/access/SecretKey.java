package io.gantry.domain.access;

import static io.gantry.domain.error.RegistryException.badFormat;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.Uuids;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** The secret half of an API key, a random UUID. Never logged: its text form hides it. */
public final class SecretKey {
  private final String value;

  private SecretKey(String value) {
    this.value = value;
  }

  /** Reads a UUID; an {@code InvalidArgument} on {@code secret_key}, without the text, if not. */
  public static SecretKey parse(String text) {
    try {
      return of(Uuids.parse("secret_key", text));
    } catch (RegistryException e) {
      throw badFormat("secret_key", "must be a UUID");
    }
  }

  public static SecretKey of(UUID value) {
    return new SecretKey(value.toString().toLowerCase(Locale.ROOT));
  }

  /** The secret itself, to be shown once. */
  public String reveal() {
    return value;
  }

  /** What is stored: with 122 random bits a plain hash cannot be searched back. */
  public SecretHash hash() {
    return new SecretHash(
        Digest.of(DigestAlgorithm.SHA256, value.getBytes(StandardCharsets.US_ASCII)).hex());
  }

  @Override
  public String toString() {
    return "SecretKey[hidden]";
  }
}
