package io.gantry.bootstrap.accesstable;

/**
 * By whom an image may be pulled. One that says so itself is in a namespace that says the opposite.
 */
enum Seen {
  PRIVATE("private", "private", true),
  PUBLIC("public", "public", false),
  INHERIT_PRIVATE("inherit over private", "inherit", false),
  INHERIT_PUBLIC("inherit over public", "inherit", true);

  private final String title;
  private final String visibility;
  private final boolean namespacePublic;

  Seen(String title, String visibility, boolean namespacePublic) {
    this.title = title;
    this.visibility = visibility;
    this.namespacePublic = namespacePublic;
  }

  /** What the document calls it. */
  String title() {
    return title;
  }

  /** The image's own, as the API has it. */
  String visibility() {
    return visibility;
  }

  boolean namespacePublic() {
    return namespacePublic;
  }
}
