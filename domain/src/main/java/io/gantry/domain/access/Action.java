package io.gantry.domain.access;

/** What a caller wants to do with a thing. */
public enum Action {
  /** See it over the control plane. */
  READ,
  /** Create, change or delete it over the control plane. */
  WRITE,
  /** Read its content over the data plane. */
  PULL,
  /** Add content over the data plane. */
  PUSH,
  /** Remove content over the data plane. */
  DELETE;

  /** The permission in the owning project that allows it. */
  public Permission permission() {
    return switch (this) {
      case READ, PULL -> Permission.READ;
      case WRITE, PUSH, DELETE -> Permission.WRITE;
    };
  }
}
