package io.gantry.domain.access;

/** What a permission set allows in a project. */
public enum Permission {
  /** See and pull. */
  READ,
  /** Create, change, push and delete. */
  WRITE
}
