package io.gantry.bootstrap.accesstable;

/** A column of the table: somebody who calls. */
enum Who {
  ANONYMOUS("anonymous"),
  READ_ONLY("read-only"),
  FULL("full"),
  OWNER("owner"),
  OTHER_PROJECT("other project"),
  OTHER_ORGANIZATION("other organization"),
  EXPIRED("expired"),
  REVOKED("revoked");

  private final String title;

  Who(String title) {
    this.title = title;
  }

  /** What the document calls them. */
  String title() {
    return title;
  }
}
