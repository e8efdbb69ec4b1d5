package io.gantry.rest;

import io.gantry.application.access.Authenticate;
import io.gantry.application.access.KnownProjects;
import io.gantry.application.access.ReadableProjects;
import io.gantry.application.access.Regions;
import io.gantry.application.image.DeleteImage;
import io.gantry.application.image.GetImage;
import io.gantry.application.image.ListImages;
import io.gantry.application.image.UpdateImage;
import io.gantry.application.namespace.CreateNamespace;
import io.gantry.application.namespace.DeleteNamespace;
import io.gantry.application.namespace.GetNamespace;
import io.gantry.application.namespace.ListNamespaces;
import io.gantry.application.namespace.UpdateNamespace;
import io.gantry.application.tag.DeleteTag;
import io.gantry.application.tag.GetTag;
import io.gantry.application.tag.ListTags;
import io.gantry.domain.Catalogue;
import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.MutableClock;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Grants;
import io.gantry.domain.access.InMemoryKeyRepository;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.PoisonedKeyRepository;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretKey;
import io.gantry.domain.manifest.Reachability;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.NamespaceName;
import io.gantry.domain.namespace.Region;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A registry in memory and the use cases over it, as the service wires them. All tests of a run
 * share it, so names must not meet: {@link #unique}.
 */
@Singleton
final class TestRegistry {
  static final int BODY_LIMIT = 1 << 20;
  static final String ORGANIZATION = "0c6b1f6e-6d0a-4d52-9a63-4a3d8a2f0001";
  static final String PROJECT = "0c6b1f6e-6d0a-4d52-9a63-4a3d8a2f0002";
  static final String OTHER_PROJECT = "0c6b1f6e-6d0a-4d52-9a63-4a3d8a2f0003";

  /** May write to our project, and to no other. */
  static final String OWNER = "11111111-0000-4000-8000-000000000001";

  /** May read our project. */
  static final String READER = "11111111-0000-4000-8000-000000000002";

  static final String EXPIRED = "11111111-0000-4000-8000-000000000003";

  /** A key whose use makes the key store fail as only a bug does. */
  static final String POISONED = "11111111-0000-4000-8000-000000000004";

  /** May do everything in our organization, and nothing in another. */
  static final String ADMINISTRATOR = "11111111-0000-4000-8000-000000000005";

  /** May manage keys and projects of our organization, and see nothing in them. */
  static final String MANAGER = "11111111-0000-4000-8000-000000000006";

  /** As the administrator, of another organization. */
  static final String STRANGER = "11111111-0000-4000-8000-000000000007";

  static final String OTHER_ORGANIZATION = "0c6b1f6e-6d0a-4d52-9a63-4a3d8a2f0009";

  final InMemoryRegistry memory = new InMemoryRegistry();
  final Catalogue catalogue = Catalogue.inMemory(memory);
  final MutableClock clock = new MutableClock();
  final InMemoryKeyRepository keys = new InMemoryKeyRepository();
  final AccessPolicy access =
      new AccessPolicy(
          new KnownProjects(project -> keys.findProject(project).map(Project::organization)));
  private final ReadableProjects readable = new ReadableProjects(access, keys);

  TestRegistry() {
    OrganizationId organization = OrganizationId.parse(ORGANIZATION);
    keys.replaceConfigured(
        List.of(
            new Project(ProjectId.parse(PROJECT), organization, "default"),
            new Project(ProjectId.parse(OTHER_PROJECT), organization, "other"),
            new Project(
                ProjectId.parse(OTHER_ORGANIZATION),
                OrganizationId.parse(OTHER_ORGANIZATION),
                "default")),
        List.of(
            key("OWNER", OWNER, PermissionSet.CONTAINER_REGISTRY_FULL_ACCESS, null),
            key("READER", READER, PermissionSet.CONTAINER_REGISTRY_READ_ONLY, null),
            everywhere(
                "ADMIN", ADMINISTRATOR, PermissionSet.ALL_PRODUCTS_FULL_ACCESS, ORGANIZATION),
            everywhere("MANAGER", MANAGER, PermissionSet.IAM_MANAGER, ORGANIZATION),
            everywhere(
                "STRANGER", STRANGER, PermissionSet.ALL_PRODUCTS_FULL_ACCESS, OTHER_ORGANIZATION),
            key("EXPIRED", EXPIRED, PermissionSet.ALL_PRODUCTS_FULL_ACCESS, clock.instant())));
  }

  /** A namespace name that nobody else has. */
  static String unique() {
    return "ns-" + UUID.randomUUID();
  }

  /** A namespace made at the time of {@link Catalogue#START}. */
  Namespace addNamespace() {
    return catalogue.add(
        Namespace.create(
            new NamespaceId(UUID.randomUUID()),
            Catalogue.REGION,
            new NamespaceName(unique()),
            "",
            OrganizationId.parse(ORGANIZATION),
            ProjectId.parse(PROJECT),
            false,
            Catalogue.START));
  }

  private static ApiKey everywhere(
      String name, String secret, PermissionSet set, String organization) {
    return new ApiKey(
        new AccessKey("SCW" + (name + "X".repeat(17)).substring(0, 17)),
        SecretKey.parse(secret).hash(),
        OrganizationId.parse(organization),
        ProjectId.parse(organization.equals(ORGANIZATION) ? PROJECT : organization),
        new Grants(Set.of(set), Map.of()),
        "",
        Optional.empty());
  }

  private static ApiKey key(
      String name, String secret, PermissionSet set, @Nullable Instant expiresAt) {
    ProjectId project = ProjectId.parse(PROJECT);
    return new ApiKey(
        new AccessKey("SCW" + (name + "X".repeat(17)).substring(0, 17)),
        SecretKey.parse(secret).hash(),
        OrganizationId.parse(ORGANIZATION),
        project,
        Map.of(project, Set.of(set)),
        "",
        Optional.ofNullable(expiresAt));
  }

  @Produces
  @Singleton
  Regions regions() {
    Map<Region, String> endpoints = new LinkedHashMap<>();
    endpoints.put(new Region("fr-par"), "registry.example:8080");
    endpoints.put(new Region("nl-ams"), "ams.registry.example");
    return new Regions(endpoints, new Region("fr-par"));
  }

  @Produces
  @Singleton
  Exchange exchange(Regions regions) {
    Authenticate authenticate =
        new Authenticate(
            new PoisonedKeyRepository(keys, SecretKey.parse(POISONED).hash()),
            catalogue.unitOfWork(),
            clock,
            Duration.ofSeconds(2));
    return new Exchange(authenticate, regions, BODY_LIMIT);
  }

  @Produces
  @Singleton
  CreateNamespace createNamespace() {
    return new CreateNamespace(access, keys, catalogue.namespaces(), catalogue.unitOfWork(), clock);
  }

  @Produces
  @Singleton
  ListNamespaces listNamespaces() {
    return new ListNamespaces(readable, catalogue.namespaces(), catalogue.unitOfWork());
  }

  @Produces
  @Singleton
  GetNamespace getNamespace() {
    return new GetNamespace(access, catalogue.namespaces(), catalogue.unitOfWork());
  }

  @Produces
  @Singleton
  UpdateNamespace updateNamespace() {
    return new UpdateNamespace(access, catalogue.namespaces(), catalogue.unitOfWork(), clock);
  }

  @Produces
  @Singleton
  DeleteNamespace deleteNamespace() {
    return new DeleteNamespace(
        access,
        catalogue.namespaces(),
        catalogue.images(),
        catalogue.unitOfWork(),
        clock,
        () -> {});
  }

  @Produces
  @Singleton
  ListImages listImages() {
    return new ListImages(readable, catalogue.images(), catalogue.unitOfWork());
  }

  @Produces
  @Singleton
  GetImage getImage() {
    return new GetImage(access, catalogue.images(), catalogue.unitOfWork());
  }

  @Produces
  @Singleton
  UpdateImage updateImage() {
    return new UpdateImage(access, catalogue.images(), catalogue.unitOfWork(), clock);
  }

  @Produces
  @Singleton
  DeleteImage deleteImage() {
    return new DeleteImage(access, catalogue.images(), catalogue.unitOfWork(), clock, () -> {});
  }

  @Produces
  @Singleton
  ListTags listTags() {
    return new ListTags(access, catalogue.images(), catalogue.tags(), catalogue.unitOfWork());
  }

  @Produces
  @Singleton
  GetTag getTag() {
    return new GetTag(access, catalogue.tags(), catalogue.unitOfWork());
  }

  @Produces
  @Singleton
  DeleteTag deleteTag() {
    return new DeleteTag(
        access,
        catalogue.images(),
        catalogue.tags(),
        new Reachability(catalogue.graph()),
        catalogue.unitOfWork(),
        clock);
  }
}
