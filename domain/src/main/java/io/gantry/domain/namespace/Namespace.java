package io.gantry.domain.namespace;

import static io.gantry.domain.error.RegistryException.notAllowed;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import java.time.Instant;

/**
 * A namespace: holds images, belongs to one project, and says whether its images are public unless
 * they say otherwise themselves.
 *
 * @param updatedAt the last change of the namespace or of anything in it
 * @param usage what it holds; kept current by pushes and deletions, never by this aggregate
 */
public record Namespace(
    NamespaceId id,
    Region region,
    NamespaceName name,
    String description,
    OrganizationId organization,
    ProjectId project,
    Status status,
    boolean isPublic,
    Instant createdAt,
    Instant updatedAt,
    Usage usage) {
  /** Characters in a description. */
  public static final int MAX_DESCRIPTION = 10_000;

  public Namespace {
    if (description.length() > MAX_DESCRIPTION) {
      throw notAllowed("description", "must have at most " + MAX_DESCRIPTION + " characters");
    }
    if (description.indexOf('\0') >= 0) {
      throw notAllowed("description", "must not contain the NUL character");
    }
  }

  /** A new, empty, usable namespace. */
  public static Namespace create(
      NamespaceId id,
      Region region,
      NamespaceName name,
      String description,
      OrganizationId organization,
      ProjectId project,
      boolean isPublic,
      Instant now) {
    return new Namespace(
        id,
        region,
        name,
        description,
        organization,
        project,
        Status.READY,
        isPublic,
        now,
        now,
        Usage.NOTHING);
  }

  public Namespace describe(String newDescription, Instant now) {
    return new Namespace(
        id,
        region,
        name,
        newDescription,
        organization,
        project,
        status,
        isPublic,
        createdAt,
        now,
        usage);
  }

  public Namespace makePublic(boolean newIsPublic, Instant now) {
    return new Namespace(
        id,
        region,
        name,
        description,
        organization,
        project,
        status,
        newIsPublic,
        createdAt,
        now,
        usage);
  }

  /** Hides it at once and for good; deleting twice is the same as once. */
  public Namespace delete(Instant now) {
    return new Namespace(
        id,
        region,
        name,
        description,
        organization,
        project,
        Status.DELETING,
        isPublic,
        createdAt,
        now,
        usage);
  }

  public boolean isReady() {
    return status == Status.READY;
  }
}
