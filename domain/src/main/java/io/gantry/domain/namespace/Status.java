package io.gantry.domain.namespace;

/** Where a namespace or image is in its life. */
public enum Status {
  /** Usable. */
  READY,
  /** Deleted for every caller; its content is being removed, after which its id is unknown. */
  DELETING
}
