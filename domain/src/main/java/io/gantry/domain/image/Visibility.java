package io.gantry.domain.image;

/** Whether anyone may pull an image. */
public enum Visibility {
  /** As its namespace says. */
  INHERIT,
  PUBLIC,
  PRIVATE;

  /** Whether anyone may pull an image of this visibility in such a namespace. */
  public boolean isPublicIn(boolean publicNamespace) {
    return switch (this) {
      case INHERIT -> publicNamespace;
      case PUBLIC -> true;
      case PRIVATE -> false;
    };
  }
}
