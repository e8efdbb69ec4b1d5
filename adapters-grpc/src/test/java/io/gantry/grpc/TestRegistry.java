package io.gantry.grpc;

import io.gantry.application.access.Authenticate;
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
import io.gantry.domain.MutableClock;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.InMemoryKeyRepository;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretKey;
import io.gantry.domain.manifest.Reachability;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.NamespaceName;
import io.gantry.domain.namespace.Region;
import io.gantry.grpc.call.CallMeter;
import io.vertx.core.Vertx;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A registry in memory and the use cases over it, as the service wires them. All tests of a run
 * share it, so names must not meet: {@link #unique}.
 */
@Singleton
final class TestRegistry {
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

  /** May do what {@link #OWNER} may, but only once the key store lets go of it. */
  static final String HELD = "11111111-0000-4000-8000-000000000005";

  /** How often namespaces were looked up by their ids. */
  final AtomicInteger namespaceLookUps = new AtomicInteger();

  /** The contexts that namespaces were listed in, by their identities. */
  final List<Integer> listContexts = new CopyOnWriteArrayList<>();

  final Catalogue catalogue = Catalogue.inMemory();
  final MutableClock clock = new MutableClock();
  private final AccessPolicy access = new AccessPolicy();
  private final InMemoryKeyRepository keys = new InMemoryKeyRepository();
  final TrappedKeyRepository trapped =
      new TrappedKeyRepository(
          keys, SecretKey.parse(POISONED).hash(), SecretKey.parse(HELD).hash());
  private final ReadableProjects readable = new ReadableProjects(access, keys);

  TestRegistry() {
    OrganizationId organization = OrganizationId.parse(ORGANIZATION);
    keys.replaceConfigured(
        List.of(
            new Project(ProjectId.parse(PROJECT), organization, "default"),
            new Project(ProjectId.parse(OTHER_PROJECT), organization, "other")),
        List.of(
            key("OWNER", OWNER, PermissionSet.CONTAINER_REGISTRY_FULL_ACCESS, null),
            key("HELD", HELD, PermissionSet.CONTAINER_REGISTRY_FULL_ACCESS, null),
            key("READER", READER, PermissionSet.CONTAINER_REGISTRY_READ_ONLY, null),
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
  CallMeter unread() {
    return (_, _, _) -> {};
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
  Authenticate authenticate() {
    // Keys are not in the registry, whose lock a caller who is held would keep from everyone else.
    UnitOfWork alone =
        new UnitOfWork() {
          @Override
          public <T> T inTransaction(Supplier<T> work) {
            return work.get();
          }
        };
    return new Authenticate(trapped, alone, clock, Duration.ofSeconds(2));
  }

  @Produces
  @Singleton
  GrpcLimits limits() {
    return new GrpcLimits(1 << 20);
  }

  @Produces
  @Singleton
  CreateNamespace createNamespace() {
    return new CreateNamespace(access, keys, catalogue.namespaces(), catalogue.unitOfWork(), clock);
  }

  @Produces
  @Singleton
  ListNamespaces listNamespaces() {
    UnitOfWork noted =
        new UnitOfWork() {
          @Override
          public <T> T inTransaction(Supplier<T> work) {
            listContexts.add(System.identityHashCode(Vertx.currentContext()));
            return catalogue.unitOfWork().inTransaction(work);
          }
        };
    return new ListNamespaces(readable, catalogue.namespaces(), noted);
  }

  @Produces
  @Singleton
  GetNamespace getNamespace() {
    UnitOfWork counted =
        new UnitOfWork() {
          @Override
          public <T> T inTransaction(Supplier<T> work) {
            var _ = namespaceLookUps.incrementAndGet();
            return catalogue.unitOfWork().inTransaction(work);
          }
        };
    return new GetNamespace(access, catalogue.namespaces(), counted);
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
