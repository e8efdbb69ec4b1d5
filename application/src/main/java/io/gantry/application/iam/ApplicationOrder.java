package io.gantry.application.iam;

import io.gantry.domain.identity.Application;
import java.util.Comparator;

/** The orders of a list of applications; all end in a unique key, so that pages do not overlap. */
public enum ApplicationOrder {
  CREATED_AT_ASC,
  CREATED_AT_DESC,
  UPDATED_AT_ASC,
  UPDATED_AT_DESC,
  NAME_ASC,
  NAME_DESC;

  Comparator<Application> comparator() {
    Comparator<Application> order =
        switch (this) {
          case CREATED_AT_ASC -> Comparator.comparing(Application::createdAt);
          case CREATED_AT_DESC -> Comparator.comparing(Application::createdAt).reversed();
          case UPDATED_AT_ASC -> Comparator.comparing(Application::updatedAt);
          case UPDATED_AT_DESC -> Comparator.comparing(Application::updatedAt).reversed();
          case NAME_ASC -> Comparator.comparing(ApplicationOrder::nameOf);
          case NAME_DESC -> Comparator.comparing(ApplicationOrder::nameOf).reversed();
        };
    return order.thenComparing(application -> application.id().value());
  }

  private static String nameOf(Application application) {
    return application.label().name();
  }
}
