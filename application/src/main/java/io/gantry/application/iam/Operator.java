package io.gantry.application.iam;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Grants;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.access.SecretKey;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.identity.KeyDetailsRepository;
import io.gantry.domain.identity.ProjectDetails;
import io.gantry.domain.identity.ProjectRepository;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Whoever has the server's data in their hands, and so may do everything in every organization. As
 * a caller, the operator holds a key that is not stored, so that nobody can log in with it.
 */
public final class Operator {
  private static final Grants EVERYTHING =
      new Grants(Set.of(PermissionSet.ALL_PRODUCTS_FULL_ACCESS), Map.of());

  private final ProjectRepository projects;
  private final KeyDetailsRepository keys;
  private final UnitOfWork unitOfWork;
  private final RandomGenerator random;

  public Operator(
      ProjectRepository projects,
      KeyDetailsRepository keys,
      UnitOfWork unitOfWork,
      RandomGenerator random) {
    this.projects = projects;
    this.keys = keys;
    this.unitOfWork = unitOfWork;
    this.random = random;
  }

  /** All organizations that have a project. */
  public List<OrganizationId> organizations() {
    return unitOfWork.inTransaction(projects::organizations);
  }

  /** The operator as a caller from this organization; {@code NotFound} if there is none. */
  public Caller in(OrganizationId organization) {
    ProjectDetails oldest =
        unitOfWork.inTransaction(() -> projects.ofOrganization(organization)).stream()
            .min(Comparator.comparing(ProjectDetails::createdAt))
            .orElseThrow(() -> RegistryException.notFound(ResourceType.ORGANIZATION, organization));
    var key =
        new ApiKey(
            AccessKey.random(random),
            SecretKey.of(UUID.randomUUID()).hash(),
            organization,
            oldest.id(),
            EVERYTHING,
            "operator",
            Optional.empty());
    return Caller.of(new KeyHolder(key));
  }

  /** The operator as a caller from the organization of a key; {@code NotFound} if there is none. */
  public Caller beside(AccessKey accessKey) {
    OrganizationId organization =
        unitOfWork
            .inTransaction(() -> keys.find(accessKey))
            .orElseThrow(() -> RegistryException.notFound(ResourceType.API_KEY, accessKey))
            .key()
            .organization();
    return in(organization);
  }
}
