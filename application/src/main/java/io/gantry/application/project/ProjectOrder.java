package io.gantry.application.project;

import io.gantry.domain.identity.ProjectDetails;
import java.util.Comparator;

/** The orders of a list of projects; all end in the id, so that pages do not overlap. */
public enum ProjectOrder {
  CREATED_AT_ASC,
  CREATED_AT_DESC,
  NAME_ASC,
  NAME_DESC;

  Comparator<ProjectDetails> comparator() {
    Comparator<ProjectDetails> order =
        switch (this) {
          case CREATED_AT_ASC -> Comparator.comparing(ProjectDetails::createdAt);
          case CREATED_AT_DESC -> Comparator.comparing(ProjectDetails::createdAt).reversed();
          case NAME_ASC -> Comparator.comparing(ProjectOrder::nameOf);
          case NAME_DESC -> Comparator.comparing(ProjectOrder::nameOf).reversed();
        };
    return order.thenComparing(project -> project.id().value());
  }

  private static String nameOf(ProjectDetails project) {
    return project.label().name();
  }
}
