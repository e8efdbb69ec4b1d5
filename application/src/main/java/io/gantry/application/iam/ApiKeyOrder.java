package io.gantry.application.iam;

import io.gantry.domain.identity.KeyDetails;
import java.time.Instant;
import java.util.Comparator;

/** The orders of a list of API keys; all end in a unique key, so that pages do not overlap. */
public enum ApiKeyOrder {
  CREATED_AT_ASC,
  CREATED_AT_DESC,
  UPDATED_AT_ASC,
  UPDATED_AT_DESC,
  EXPIRES_AT_ASC,
  EXPIRES_AT_DESC,
  ACCESS_KEY_ASC,
  ACCESS_KEY_DESC;

  Comparator<KeyDetails> comparator() {
    Comparator<KeyDetails> order =
        switch (this) {
          case CREATED_AT_ASC -> Comparator.comparing(KeyDetails::createdAt);
          case CREATED_AT_DESC -> Comparator.comparing(KeyDetails::createdAt).reversed();
          case UPDATED_AT_ASC -> Comparator.comparing(KeyDetails::updatedAt);
          case UPDATED_AT_DESC -> Comparator.comparing(KeyDetails::updatedAt).reversed();
          case EXPIRES_AT_ASC -> Comparator.comparing(ApiKeyOrder::expiry);
          case EXPIRES_AT_DESC -> Comparator.comparing(ApiKeyOrder::expiry).reversed();
          case ACCESS_KEY_ASC -> Comparator.comparing(ApiKeyOrder::accessKey);
          case ACCESS_KEY_DESC -> Comparator.comparing(ApiKeyOrder::accessKey).reversed();
        };
    return order.thenComparing(ApiKeyOrder::accessKey);
  }

  /** A key that never expires comes after all that do. */
  private static Instant expiry(KeyDetails details) {
    return details.key().expiresAt().orElse(Instant.MAX);
  }

  private static String accessKey(KeyDetails details) {
    return details.key().accessKey().value();
  }
}
