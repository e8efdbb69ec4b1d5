package io.gantry.domain.identity;

/** Whether a project holds namespaces. */
public enum ProjectUse {
  EMPTY,
  /** Only such as are being deleted. */
  BEING_EMPTIED,
  IN_USE
}
