package io.gantry.bootstrap.wiring;

import io.gantry.application.access.Authenticate;
import io.gantry.application.access.ReadableProjects;
import io.gantry.application.blob.DeleteBlob;
import io.gantry.application.blob.PullBlob;
import io.gantry.application.manifest.DeleteManifest;
import io.gantry.application.manifest.ListReferrers;
import io.gantry.application.manifest.PullManifest;
import io.gantry.application.manifest.PutManifest;
import io.gantry.application.manifest.QuickPush;
import io.gantry.application.reclaim.Collect;
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
import io.gantry.bootstrap.configuration.GantryConfig;
import io.gantry.bootstrap.configuration.GantryConfig.LimitsConfig;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.SigningKeys;
import io.gantry.domain.blob.BlobStore;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.manifest.ManifestRepository;
import io.gantry.domain.manifest.Reachability;
import io.gantry.domain.manifest.Sparse;
import io.gantry.domain.namespace.NamespaceRepository;
import io.gantry.domain.pull.PullQueries;
import io.gantry.domain.reclaim.Garbage;
import io.gantry.domain.reclaim.KeyReserve;
import io.gantry.domain.tag.PushIntake;
import io.gantry.domain.tag.TagRepository;
import io.gantry.domain.upload.UploadIntake;
import io.gantry.domain.upload.UploadRepository;
import io.gantry.oci.OciLimits;
import io.gantry.oci.access.RefreshTokens;
import io.gantry.oci.access.SignedClaims;
import io.gantry.oci.access.SignedClaims.Rotation;
import io.gantry.oci.access.TokenCodec;
import io.gantry.oci.manifest.ManifestSpool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Builds the use cases of the data plane. */
final class DataPlaneWiring {
  @Produces
  @Singleton
  UploadLimits uploadLimits(GantryConfig config) {
    long blob = config.limits().blobSize().asLongValue();
    return new UploadLimits(
        config.upload().idle(),
        config.upload().rememberClosed(),
        config.lease(),
        new ByteSize(blob == 0 ? Long.MAX_VALUE : blob));
  }

  @Produces
  @Singleton
  UploadSlots uploadSlots(GantryConfig config) {
    return new UploadSlots(config.limits().concurrentUploadsPerKey());
  }

  @Produces
  @Singleton
  BodyMemory bodyMemory(GantryConfig config) {
    return new BodyMemory(new ByteSize(config.limits().bodyMemory().asLongValue()));
  }

  @Produces
  @Singleton
  ManifestSpool manifestSpool(GantryConfig config) {
    return new ManifestSpool(config.dataDir());
  }

  /** As many as can be in memory beside each other. */
  private static int largeManifests(LimitsConfig limits) {
    long places = limits.bodyMemory().asLongValue() / limits.manifestSize().asLongValue();
    return Math.clamp(places, 1, Integer.MAX_VALUE);
  }

  @Produces
  @Singleton
  RunningDigests runningDigests() {
    return new RunningDigests();
  }

  @Produces
  @Singleton
  OciLimits ociLimits(
      GantryConfig config,
      @ConfigProperty(name = "quarkus.http.read-timeout") Duration bodyPatience,
      @ConfigProperty(name = "quarkus.http.idle-timeout") Duration answerPatience) {
    return new OciLimits(
        Math.toIntExact(config.limits().manifestSize().asLongValue()),
        largeManifests(config.limits()),
        config.limits().tagsPerPage(),
        config.limits().tagsPerPush(),
        config.limits().referrersPerPage(),
        bodyPatience,
        config.limits().bodyMinimumRate().asLongValue(),
        Optional.of(answerPatience).filter(Duration::isPositive));
  }

  @Produces
  @Singleton
  SignedClaims signedClaims(
      SigningKeys signingKeys, UnitOfWork unitOfWork, Clock clock, GantryConfig config) {
    GantryConfig.AuthConfig auth = config.auth();
    Duration longest = Collections.max(List.of(auth.tokenTtl(), auth.refreshTokenTtl()));
    return new SignedClaims(
        signingKeys, unitOfWork, clock, new Rotation(auth.signingKeyRotation(), longest));
  }

  @Produces
  @Singleton
  TokenCodec tokenCodec(SignedClaims signed, GantryConfig config) {
    return new TokenCodec(signed, config.auth().tokenTtl());
  }

  @Produces
  @Singleton
  RefreshTokens refreshTokens(SignedClaims signed, Authenticate authenticate, GantryConfig config) {
    return new RefreshTokens(signed, authenticate, config.auth().refreshTokenTtl());
  }

  @Produces
  @Singleton
  PullBlob pullBlob(
      RepositoryAccess repositories,
      PullQueries pulls,
      BlobLinks links,
      BlobStore store,
      UnitOfWork unitOfWork,
      GantryConfig config) {
    return new PullBlob(repositories, pulls, links, store, unitOfWork, config.lease());
  }

  @Produces
  @Singleton
  RepositoryAccess repositoryAccess(ImageRepository images, AccessPolicy access) {
    return new RepositoryAccess(images, access);
  }

  @Produces
  @Singleton
  GrantScopes grantScopes(RepositoryAccess repositories, UnitOfWork unitOfWork) {
    return new GrantScopes(repositories, unitOfWork);
  }

  @Produces
  @Singleton
  DeleteBlob deleteBlob(RepositoryAccess repositories, BlobLinks links, UnitOfWork unitOfWork) {
    return new DeleteBlob(repositories, links, unitOfWork);
  }

  @Produces
  @Singleton
  StartUpload startUpload(
      RepositoryAccess repositories,
      ImageRepository images,
      UploadRepository uploads,
      BlobLinks links,
      UnitOfWork unitOfWork,
      Clock clock,
      UploadLimits limits,
      QuickPath quick) {
    return new StartUpload(repositories, images, uploads, links, unitOfWork, clock, limits, quick);
  }

  @Produces
  @Singleton
  AppendUpload appendUpload(
      RepositoryAccess repositories,
      UploadWriter writer,
      QuickPath quick,
      RunningDigests digests,
      BodyMemory memory,
      UnitOfWork unitOfWork) {
    return new AppendUpload(repositories, writer, quick, digests, memory, unitOfWork);
  }

  @Produces
  @Singleton
  CommitUpload commitUpload(
      RepositoryAccess repositories,
      UploadWriter writer,
      BlobReceiver receiver,
      QuickPath quick,
      UploadRepository uploads,
      BlobLinks links,
      UnitOfWork unitOfWork,
      UploadLimits limits) {
    return new CommitUpload(
        repositories, writer, receiver, quick, uploads, links, unitOfWork, limits);
  }

  @Produces
  @Singleton
  GetUpload getUpload(
      RepositoryAccess repositories, UploadRepository uploads, UnitOfWork unitOfWork) {
    return new GetUpload(repositories, uploads, unitOfWork);
  }

  @Produces
  @Singleton
  CancelUpload cancelUpload(
      RepositoryAccess repositories, UploadRepository uploads, UnitOfWork unitOfWork) {
    return new CancelUpload(repositories, uploads, unitOfWork);
  }

  @Produces
  @Singleton
  UploadWriter uploadWriter(
      UploadRepository uploads, BlobReceiver receiver, UnitOfWork unitOfWork, UploadLimits limits) {
    return new UploadWriter(uploads, receiver, unitOfWork, limits);
  }

  @Produces
  @Singleton
  BlobReceiver blobReceiver(
      BlobStore store, RunningDigests digests, UploadLimits limits, BodyMemory memory) {
    return new BlobReceiver(store, digests, limits, memory);
  }

  @Produces
  @Singleton
  PutManifest putManifest(
      RepositoryAccess repositories,
      ImageRepository images,
      ManifestRepository manifests,
      TagRepository tags,
      Reachability reachability,
      QuickPush quick,
      GantryConfig config,
      UnitOfWork unitOfWork,
      Clock clock) {
    Sparse accepted =
        new Sparse(
            config.manifests().acceptSparseImages(), config.manifests().acceptSparseIndexes());
    return new PutManifest(
        repositories, images, manifests, tags, reachability, quick, accepted, unitOfWork, clock);
  }

  @Produces
  @Singleton
  QuickPush quickPush(PushIntake intake, UnitOfWork unitOfWork) {
    return new QuickPush(intake, unitOfWork);
  }

  @Produces
  @Singleton
  PullManifest pullManifest(
      RepositoryAccess repositories, PullQueries pulls, UnitOfWork unitOfWork) {
    return new PullManifest(repositories, pulls, unitOfWork);
  }

  @Produces
  @Singleton
  DeleteManifest deleteManifest(
      RepositoryAccess repositories,
      ImageRepository images,
      ManifestRepository manifests,
      TagRepository tags,
      Reachability reachability,
      UnitOfWork unitOfWork,
      Clock clock) {
    return new DeleteManifest(
        repositories, images, manifests, tags, reachability, unitOfWork, clock);
  }

  @Produces
  @Singleton
  ListTagNames listTagNames(
      RepositoryAccess repositories, PullQueries pulls, UnitOfWork unitOfWork) {
    return new ListTagNames(repositories, pulls, unitOfWork);
  }

  @Produces
  @Singleton
  ListReferrers listReferrers(
      RepositoryAccess repositories, PullQueries pulls, UnitOfWork unitOfWork) {
    return new ListReferrers(repositories, pulls, unitOfWork);
  }

  @Produces
  @Singleton
  ListRepositories listRepositories(
      AccessPolicy access,
      ReadableProjects readableProjects,
      PullQueries pulls,
      UnitOfWork unitOfWork) {
    return new ListRepositories(access, readableProjects, pulls, unitOfWork);
  }

  @Produces
  @Singleton
  Collect collect(
      NamespaceRepository namespaces,
      ImageRepository images,
      UploadRepository uploads,
      Garbage garbage,
      BlobStore store,
      UnitOfWork unitOfWork) {
    return new Collect(namespaces, images, uploads, garbage, store, unitOfWork);
  }

  @Produces
  @Singleton
  QuickPath quickPath(
      BlobStore store,
      ReservedKeys keys,
      UploadIntake intake,
      UploadRepository uploads,
      UnitOfWork unitOfWork,
      UploadLimits limits) {
    return new QuickPath(store, keys, intake, uploads, unitOfWork, limits);
  }

  @Produces
  @Singleton
  ReservedKeys reservedKeys(KeyReserve reserve, UnitOfWork unitOfWork, Clock clock) {
    return new ReservedKeys(reserve, unitOfWork, clock);
  }
}
