package io.gantry.application.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.application.blob.DeleteBlob;
import io.gantry.application.blob.PullBlob;
import io.gantry.application.manifest.DeleteManifest;
import io.gantry.application.manifest.ListReferrers;
import io.gantry.application.manifest.PullManifest;
import io.gantry.application.manifest.PutManifest;
import io.gantry.application.manifest.QuickPush;
import io.gantry.application.tag.ListTagNames;
import io.gantry.application.upload.UploadLimits;
import io.gantry.domain.Catalogue;
import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryRegistry.ImageRow;
import io.gantry.domain.InMemoryUnitOfWork;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Keys;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.BlobWriter;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.blob.InMemoryBlobStore;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageName;
import io.gantry.domain.image.InMemoryImageRepository;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.image.Visibility;
import io.gantry.domain.link.InMemoryBlobLinks;
import io.gantry.domain.manifest.InMemoryManifestGraph;
import io.gantry.domain.manifest.InMemoryManifestRepository;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.Reachability;
import io.gantry.domain.namespace.InMemoryNamespaceRepository;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.NamespaceName;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.namespace.Usage;
import io.gantry.domain.pull.InMemoryPullQueries;
import io.gantry.domain.pull.PullQueries;
import io.gantry.domain.tag.InMemoryPushIntake;
import io.gantry.domain.tag.InMemoryTagRepository;
import io.gantry.domain.tag.TagName;
import io.gantry.domain.upload.InMemoryUploadRepository;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * The data plane's use cases over fakes, with one private namespace {@code demo} and callers who
 * may do much, little and nothing there.
 */
public final class DataPlane {
  public static final Region REGION = new Region("fr-par");
  public static final RepositoryPath APP = RepositoryPath.parse("demo/app");
  public static final UploadLimits LIMITS =
      new UploadLimits(
          Duration.ofHours(24),
          Duration.ofHours(1),
          Duration.ofHours(1),
          new ByteSize(4 * 1024 * 1024));

  public final InMemoryRegistry registry = new InMemoryRegistry();
  public final InMemoryBlobStore store = new InMemoryBlobStore();
  public final UnitOfWork unitOfWork = new InMemoryUnitOfWork(registry);
  public final InMemoryNamespaceRepository namespaces = new InMemoryNamespaceRepository(registry);
  public final InMemoryImageRepository images = new InMemoryImageRepository(registry);
  public final InMemoryTagRepository tags = new InMemoryTagRepository(registry);
  public final InMemoryManifestRepository manifests = new InMemoryManifestRepository(registry);
  public final InMemoryBlobLinks links = new InMemoryBlobLinks(registry);
  public final InMemoryUploadRepository uploads = new InMemoryUploadRepository(registry);
  public final RepositoryAccess repositories = new RepositoryAccess(images, new AccessPolicy());

  private final Reachability reachability = new Reachability(new InMemoryManifestGraph(registry));
  public final PutManifest putManifest =
      new PutManifest(
          repositories,
          images,
          manifests,
          tags,
          reachability,
          new QuickPush(new InMemoryPushIntake(registry), unitOfWork),
          Catalogue.WHOLE_IMAGES,
          unitOfWork,
          registry.clock);
  public final DeleteManifest deleteManifest =
      new DeleteManifest(
          repositories, images, manifests, tags, reachability, unitOfWork, registry.clock);
  public final PullQueries pulls = new InMemoryPullQueries(registry);
  public final PullManifest pullManifest = new PullManifest(repositories, pulls, unitOfWork);
  public final ListReferrers listReferrers = new ListReferrers(repositories, pulls, unitOfWork);
  public final PullBlob pullBlob =
      new PullBlob(repositories, pulls, links, store, unitOfWork, LIMITS.lease());
  public final DeleteBlob deleteBlob = new DeleteBlob(repositories, links, unitOfWork);
  public final ListTagNames listTagNames = new ListTagNames(repositories, pulls, unitOfWork);

  public final ProjectId project = Keys.aProject();
  public final Caller owner = caller(project, PermissionSet.CONTAINER_REGISTRY_FULL_ACCESS);
  public final Caller reader = caller(project, PermissionSet.CONTAINER_REGISTRY_READ_ONLY);
  public final Caller stranger =
      caller(Keys.aProject(), PermissionSet.CONTAINER_REGISTRY_FULL_ACCESS);
  public final NamespaceId demo = addNamespace("demo", project);

  private static Caller caller(ProjectId project, PermissionSet set) {
    return Caller.of(new KeyHolder(Keys.aKey("SCWAAAAAAAAAAAAAAAAA", project, set)));
  }

  public NamespaceId addNamespace(String name, ProjectId owner) {
    Namespace namespace =
        Namespace.create(
            new NamespaceId(UUID.randomUUID()),
            REGION,
            new NamespaceName(name),
            "",
            Keys.anOrganization(),
            owner,
            false,
            registry.clock.instant());
    unitOfWork.run(() -> namespaces.add(namespace));
    return namespace.id();
  }

  public void makeDemoPublic() {
    unitOfWork.run(
        () -> namespaces.update(namespace(demo).makePublic(true, registry.clock.instant())));
  }

  /** Adds {@code demo/<name>} without content. */
  public ImageId addImage(String name) {
    return unitOfWork.inTransaction(
        () -> images.findOrAdd(demo, new ImageName(name), registry.clock.instant()));
  }

  public void show(ImageId image, Visibility visibility) {
    registry.run(
        () ->
            registry.images.computeIfPresent(
                image,
                (_, row) ->
                    new ImageRow(
                        row.id(),
                        row.namespace(),
                        row.project(),
                        row.region(),
                        row.name(),
                        row.status(),
                        visibility,
                        row.published(),
                        row.size(),
                        row.createdAt(),
                        row.updatedAt())));
  }

  /** Stores a blob and links it, without an upload. */
  public Blob addBlob(ImageId image, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    StorageKey key = new StorageKey(UUID.randomUUID());
    try (BlobWriter writer = store.append(key, ByteSize.ZERO)) {
      writer.write(ByteBuffer.wrap(bytes));
      writer.sync();
    }
    Blob blob = new Blob(digestOf(content), new ByteSize(bytes.length), key);
    return unitOfWork.inTransaction(() -> links.add(image, blob, LIMITS.lease()));
  }

  public Digest push(Manifest manifest, String tag) {
    putManifest.handle(owner, REGION, APP, manifest, Set.of(new TagName(tag)));
    return manifest.digest();
  }

  public Digest push(Manifest manifest) {
    putManifest.handle(owner, REGION, APP, manifest, Set.of());
    return manifest.digest();
  }

  public Namespace namespace(NamespaceId id) {
    return namespaces.find(REGION, id).orElseThrow();
  }

  public Usage usage() {
    return namespace(demo).usage();
  }

  public long sizeOf(ImageId image) {
    return images.find(REGION, image).orElseThrow().size().bytes();
  }

  public static Digest digestOf(String content) {
    return Digest.of(DigestAlgorithm.SHA256, content.getBytes(StandardCharsets.UTF_8));
  }

  /** What {@code call} fails with. */
  public static RegistryError failureOf(ThrowingCallable call) {
    RegistryException failure = catchThrowableOfType(RegistryException.class, call);
    assertThat(failure).isNotNull();
    return failure.error();
  }
}
