package io.gantry.oci;

import io.gantry.application.access.Authenticate;
import io.gantry.application.access.ReadableProjects;
import io.gantry.application.access.Regions;
import io.gantry.application.blob.DeleteBlob;
import io.gantry.application.blob.PullBlob;
import io.gantry.application.manifest.DeleteManifest;
import io.gantry.application.manifest.ListReferrers;
import io.gantry.application.manifest.PullManifest;
import io.gantry.application.manifest.PutManifest;
import io.gantry.application.manifest.QuickPush;
import io.gantry.application.repository.GrantScopes;
import io.gantry.application.repository.ListRepositories;
import io.gantry.application.repository.RepositoryAccess;
import io.gantry.application.tag.ListTagNames;
import io.gantry.application.upload.AppendUpload;
import io.gantry.application.upload.BlobReceiver;
import io.gantry.application.upload.BodyMemory;
import io.gantry.application.upload.CancelUpload;
import io.gantry.application.upload.CommitUpload;
import io.gantry.application.upload.GetUpload;
import io.gantry.application.upload.QuickPath;
import io.gantry.application.upload.ReservedKeys;
import io.gantry.application.upload.RunningDigests;
import io.gantry.application.upload.StartUpload;
import io.gantry.application.upload.UploadLimits;
import io.gantry.application.upload.UploadSlots;
import io.gantry.application.upload.UploadWriter;
import io.gantry.domain.Catalogue;
import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryUnitOfWork;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.InMemoryKeyRepository;
import io.gantry.domain.access.InMemorySigningKeys;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.image.InMemoryImageRepository;
import io.gantry.domain.link.InMemoryBlobLinks;
import io.gantry.domain.manifest.InMemoryManifestGraph;
import io.gantry.domain.manifest.InMemoryManifestRepository;
import io.gantry.domain.manifest.Reachability;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.pull.InMemoryPullQueries;
import io.gantry.domain.reclaim.InMemoryKeyReserve;
import io.gantry.domain.tag.InMemoryPushIntake;
import io.gantry.domain.tag.InMemoryTagRepository;
import io.gantry.domain.upload.InMemoryUploadIntake;
import io.gantry.domain.upload.InMemoryUploadRepository;
import io.gantry.oci.access.RefreshTokens;
import io.gantry.oci.access.SignedClaims;
import io.gantry.oci.access.SignedClaims.Rotation;
import io.gantry.oci.access.TokenCodec;
import io.gantry.oci.manifest.ManifestSpool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The use cases over fakes, for the resources under test. */
@Singleton
final class World {
  static final Region PARIS = new Region("fr-par");
  static final int MANIFEST_BYTES = 400_000;
  static final int LARGE_MANIFESTS = 2;
  static final int BLOB_BYTES = 8_000_000;
  static final int BYTES_PER_SECOND = 1000;
  static final int TAGS_PER_PAGE = 5;
  static final int TAGS_PER_PUSH = 10;
  static final int REFERRERS_PER_PAGE = 3;
  static final Duration BODY_PATIENCE = Duration.ofSeconds(3);
  static final Duration ANSWER_PATIENCE = Duration.ofSeconds(4);
  static final int UPLOADS_AT_ONCE = 4;

  static final Duration REFRESH_LIFE = Duration.ofDays(7);

  private static final BodyMemory MEMORY = new BodyMemory(new ByteSize(1 << 20));

  private static final UploadLimits LIMITS =
      new UploadLimits(
          Duration.ofHours(24), Duration.ofHours(1), Duration.ofHours(1), new ByteSize(BLOB_BYTES));

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final UnitOfWork unitOfWork = new InMemoryUnitOfWork(registry);
  private final InMemoryImageRepository images = new InMemoryImageRepository(registry);
  private final InMemoryTagRepository tags = new InMemoryTagRepository(registry);
  private final InMemoryManifestRepository manifests = new InMemoryManifestRepository(registry);
  private final InMemoryUploadRepository uploads = new InMemoryUploadRepository(registry);
  private final InMemoryBlobLinks links = new InMemoryBlobLinks(registry);
  private final FileOrMemoryStore store = new FileOrMemoryStore();
  private final InMemoryKeyRepository keys = new InMemoryKeyRepository();
  private final InMemoryPullQueries pulls = new InMemoryPullQueries(registry);
  private final AccessPolicy access = new AccessPolicy();
  private final RepositoryAccess repositories = new RepositoryAccess(images, access);
  private final Reachability reachability = new Reachability(new InMemoryManifestGraph(registry));
  private final RunningDigests digests = new RunningDigests();
  private final BlobReceiver receiver = new BlobReceiver(store, digests, LIMITS, MEMORY);
  private final UploadWriter writer = new UploadWriter(uploads, receiver, unitOfWork, LIMITS);
  private final InMemoryKeyReserve reserve = new InMemoryKeyReserve(registry);
  private final QuickPath quick =
      new QuickPath(
          store,
          new ReservedKeys(reserve, unitOfWork, registry.clock),
          new InMemoryUploadIntake(registry, reserve),
          uploads,
          unitOfWork,
          LIMITS);

  private final SignedClaims signed =
      new SignedClaims(
          new InMemorySigningKeys(registry.clock),
          unitOfWork,
          registry.clock,
          new Rotation(Duration.ofDays(30), REFRESH_LIFE));

  World() {
    keys.replaceConfigured(Callers.projects(), Callers.keys());
  }

  @Produces
  @Singleton
  InMemoryRegistry registry() {
    return registry;
  }

  @Produces
  @Singleton
  FileOrMemoryStore store() {
    return store;
  }

  @Produces
  @Singleton
  Clock clock() {
    return registry.clock;
  }

  @Produces
  @Singleton
  Regions regions() {
    return new Regions(
        Map.of(PARIS, "registry.example", new Region("nl-ams"), "nl.registry.example"), PARIS);
  }

  @Produces
  @Singleton
  OciLimits limits() {
    return new OciLimits(
        MANIFEST_BYTES,
        LARGE_MANIFESTS,
        TAGS_PER_PAGE,
        TAGS_PER_PUSH,
        REFERRERS_PER_PAGE,
        BODY_PATIENCE,
        BYTES_PER_SECOND,
        Optional.of(ANSWER_PATIENCE));
  }

  @Produces
  @Singleton
  Authenticate authenticate() {
    return new Authenticate(keys, unitOfWork, registry.clock, Duration.ofSeconds(2));
  }

  @Produces
  @Singleton
  TokenCodec tokens() {
    return new TokenCodec(signed, Duration.ofMinutes(5));
  }

  @Produces
  @Singleton
  RefreshTokens refreshTokens(Authenticate authenticate) {
    return new RefreshTokens(signed, authenticate, REFRESH_LIFE);
  }

  @Produces
  @Singleton
  InMemoryKeyRepository keys() {
    return keys;
  }

  @Produces
  @Singleton
  GrantScopes grantScopes() {
    return new GrantScopes(repositories, unitOfWork);
  }

  @Produces
  @Singleton
  PullBlob pullBlob() {
    return new PullBlob(repositories, pulls, links, store, unitOfWork, LIMITS.lease());
  }

  @Produces
  @Singleton
  DeleteBlob deleteBlob() {
    return new DeleteBlob(repositories, links, unitOfWork);
  }

  @Produces
  @Singleton
  StartUpload startUpload() {
    return new StartUpload(
        repositories, images, uploads, links, unitOfWork, registry.clock, LIMITS, quick);
  }

  @Produces
  @Singleton
  AppendUpload appendUpload() {
    return new AppendUpload(repositories, writer, quick, digests, MEMORY, unitOfWork);
  }

  @Produces
  @Singleton
  CommitUpload commitUpload() {
    return new CommitUpload(
        repositories, writer, receiver, quick, uploads, links, unitOfWork, LIMITS);
  }

  @Produces
  @Singleton
  GetUpload getUpload() {
    return new GetUpload(repositories, uploads, unitOfWork);
  }

  @Produces
  @Singleton
  CancelUpload cancelUpload() {
    return new CancelUpload(repositories, uploads, unitOfWork);
  }

  @Produces
  @Singleton
  BodyMemory bodyMemory() {
    return MEMORY;
  }

  @Produces
  @Singleton
  ManifestSpool spool() {
    return new ManifestSpool(Path.of(System.getProperty("java.io.tmpdir")));
  }

  @Produces
  @Singleton
  UploadSlots slots() {
    return new UploadSlots(UPLOADS_AT_ONCE);
  }

  @Produces
  @Singleton
  PullManifest pullManifest() {
    return new PullManifest(repositories, pulls, unitOfWork);
  }

  @Produces
  @Singleton
  PutManifest putManifest() {
    return new PutManifest(
        repositories,
        images,
        manifests,
        tags,
        reachability,
        new QuickPush(new InMemoryPushIntake(registry), unitOfWork),
        Catalogue.WHOLE_IMAGES,
        unitOfWork,
        registry.clock);
  }

  @Produces
  @Singleton
  DeleteManifest deleteManifest() {
    return new DeleteManifest(
        repositories, images, manifests, tags, reachability, unitOfWork, registry.clock);
  }

  @Produces
  @Singleton
  ListReferrers listReferrers() {
    return new ListReferrers(repositories, pulls, unitOfWork);
  }

  @Produces
  @Singleton
  ListRepositories listRepositories() {
    return new ListRepositories(access, new ReadableProjects(access, keys), pulls, unitOfWork);
  }

  @Produces
  @Singleton
  ListTagNames listTagNames() {
    return new ListTagNames(repositories, pulls, unitOfWork);
  }
}
