package io.gantry.bootstrap.accesstable;

import io.gantry.bootstrap.accesstable.Row.Face;
import io.gantry.bootstrap.accesstable.Row.Route;

/**
 * One cell of the table for one route and one visibility.
 *
 * @param cell what the document says
 */
record Case(Row row, Route route, Who who, Seen seen, String cell) {
  Face face() {
    return row.face();
  }

  boolean expectsSuccess() {
    return cell.startsWith("2");
  }

  @Override
  public String toString() {
    return "%s %s %s, %s, %s"
        .formatted(face(), route.method(), route.path(), seen.title(), who.title());
  }

  /** Whether what it is about is there; if not, what of it is missing. */
  enum Presence {
    THERE,
    /** Nothing by this id, or no namespace by this name. */
    ABSENT,
    /** Only the namespace is there. */
    IMAGE_ABSENT
  }
}
