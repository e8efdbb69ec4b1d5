package io.gantry.domain.access;

/** What a permission set allows, in a project or in all of an organization. */
public enum Permission {
  /** See and pull. */
  READ,
  /** Create, change, push and delete. */
  WRITE,
  /** Create, change and delete the organization's projects. Counts only if held everywhere. */
  MANAGE_PROJECTS,
  /**
   * Create, change and delete the organization's API keys, applications and policies. Counts only
   * if held everywhere.
   */
  MANAGE_IDENTITY;

  /** Whether it is about the organization itself, not about what its projects hold. */
  public boolean isAboutOrganization() {
    return this == MANAGE_PROJECTS || this == MANAGE_IDENTITY;
  }
}
