package io.gantry.application.iam;

import io.gantry.domain.identity.Policy;
import java.util.Comparator;

/** The orders of a list of policies; all end in a unique key, so that pages do not overlap. */
public enum PolicyOrder {
  POLICY_NAME_ASC,
  POLICY_NAME_DESC,
  CREATED_AT_ASC,
  CREATED_AT_DESC;

  Comparator<Policy> comparator() {
    Comparator<Policy> order =
        switch (this) {
          case POLICY_NAME_ASC -> Comparator.comparing(PolicyOrder::nameOf);
          case POLICY_NAME_DESC -> Comparator.comparing(PolicyOrder::nameOf).reversed();
          case CREATED_AT_ASC -> Comparator.comparing(Policy::createdAt);
          case CREATED_AT_DESC -> Comparator.comparing(Policy::createdAt).reversed();
        };
    return order.thenComparing(policy -> policy.id().value());
  }

  private static String nameOf(Policy policy) {
    return policy.label().name();
  }
}
