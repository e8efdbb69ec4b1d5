package io.gantry.application.manifest;

import io.gantry.application.Instants;
import io.gantry.application.repository.RepositoryAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.manifest.ManifestRepository;
import io.gantry.domain.manifest.Reachability;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.tag.Reference;
import io.gantry.domain.tag.TagName;
import io.gantry.domain.tag.TagRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/**
 * Deletes by tag or by digest, OCI Distribution "Deleting tags" and "Deleting Manifests": a tag
 * goes alone; a manifest goes with every tag that points at it.
 */
public final class DeleteManifest {
  private final RepositoryAccess repositories;
  private final ImageRepository images;
  private final ManifestRepository manifests;
  private final TagRepository tags;
  private final Reachability reachability;
  private final UnitOfWork unitOfWork;
  private final Clock clock;

  public DeleteManifest(
      RepositoryAccess repositories,
      ImageRepository images,
      ManifestRepository manifests,
      TagRepository tags,
      Reachability reachability,
      UnitOfWork unitOfWork,
      Clock clock) {
    this.repositories = repositories;
    this.images = images;
    this.manifests = manifests;
    this.tags = tags;
    this.reachability = reachability;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
  }

  public void handle(Caller caller, Region region, RepositoryPath path, Reference reference) {

    Instant now = Instants.now(clock);
    unitOfWork.run(
        () -> {
          ImageId image = repositories.requireImage(caller, Action.DELETE, region, path);
          if (!images.lockForPush(image)) {
            throw RegistryException.notFound(ResourceType.REPOSITORY, path);
          }
          long sizeChange =
              switch (reference) {
                case Reference.ByTag(var tag) -> deleteTag(image, tag);
                case Reference.ByDigest(var digest) -> deleteManifest(image, digest);
              };
          images.touch(image, sizeChange, now);
        });
  }

  private long deleteTag(ImageId image, TagName name) {
    Digest digest =
        tags.findByName(image, name)
            .orElseThrow(() -> RegistryException.notFound(ResourceType.MANIFEST, name))
            .digest();
    tags.remove(image, name);
    return reachability.settle(image, Set.of(digest));
  }

  private long deleteManifest(ImageId image, Digest digest) {
    tags.removeAllTo(image, digest);
    return reachability.remove(
        image,
        digest,
        () -> {
          if (!manifests.remove(image, digest)) {
            throw RegistryException.notFound(ResourceType.MANIFEST, digest);
          }
        });
  }
}
