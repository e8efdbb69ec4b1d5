package io.gantry.application.iam;

import io.gantry.domain.access.PermissionSet;
import java.util.Comparator;

/** The orders of the list of permission sets, which were all there from the start. */
public enum PermissionSetOrder {
  NAME_ASC,
  NAME_DESC,
  CREATED_AT_ASC,
  CREATED_AT_DESC;

  Comparator<PermissionSet> comparator() {
    Comparator<PermissionSet> byName = Comparator.comparing(PermissionSet::publishedName);
    return switch (this) {
      case NAME_ASC -> byName;
      case NAME_DESC -> byName.reversed();
      case CREATED_AT_ASC -> Comparator.naturalOrder();
      case CREATED_AT_DESC -> Comparator.reverseOrder();
    };
  }
}
