package io.gantry.domain;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageName;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.image.InMemoryImageRepository;
import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.link.InMemoryBlobLinks;
import io.gantry.domain.manifest.InMemoryManifestGraph;
import io.gantry.domain.manifest.InMemoryManifestRepository;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.ManifestBuilder;
import io.gantry.domain.manifest.ManifestGraph;
import io.gantry.domain.manifest.ManifestRepository;
import io.gantry.domain.manifest.Reachability;
import io.gantry.domain.manifest.Sparse;
import io.gantry.domain.namespace.InMemoryNamespaceRepository;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.NamespaceName;
import io.gantry.domain.namespace.NamespaceRepository;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.tag.InMemoryTagRepository;
import io.gantry.domain.tag.TagId;
import io.gantry.domain.tag.TagName;
import io.gantry.domain.tag.TagRepository;
import io.gantry.domain.upload.InMemoryUploadRepository;
import io.gantry.domain.upload.UploadRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The ports that one registry is made of, and what tests of each of them need of the others. Names
 * and projects are new in each call, so tests that share a database do not meet.
 */
public record Catalogue(
    UnitOfWork unitOfWork,
    NamespaceRepository namespaces,
    ImageRepository images,
    TagRepository tags,
    ManifestRepository manifests,
    ManifestGraph graph,
    BlobLinks links,
    UploadRepository uploads) {
  public static final Region REGION = new Region("fr-par");
  public static final Instant START = Instant.parse("2026-01-01T00:00:00.123456Z");

  /** Of images only whole ones are accepted. */
  public static final Sparse WHOLE_IMAGES = new Sparse(false, true);

  /** Whatever is listed may be waited for. */
  public static final Sparse ALL_SPARSE = new Sparse(true, true);

  private static final Duration LEASE = Duration.ofHours(1);

  public static Catalogue inMemory() {
    return inMemory(new InMemoryRegistry());
  }

  public static Catalogue inMemory(InMemoryRegistry registry) {
    return new Catalogue(
        new InMemoryUnitOfWork(registry),
        new InMemoryNamespaceRepository(registry),
        new InMemoryImageRepository(registry),
        new InMemoryTagRepository(registry),
        new InMemoryManifestRepository(registry),
        new InMemoryManifestGraph(registry),
        new InMemoryBlobLinks(registry),
        new InMemoryUploadRepository(registry));
  }

  public <T> T transaction(Supplier<T> work) {
    return unitOfWork.inTransaction(work);
  }

  public void run(Runnable work) {
    unitOfWork.run(work);
  }

  /** Runs {@code work} without a transaction, in a thread of no request. */
  public void withoutTransaction(Runnable work) {
    CompletableFuture.runAsync(
            () -> {
              var _ =
                  unitOfWork.withoutTransaction(
                      () -> {
                        work.run();
                        return true;
                      });
            },
            task -> Thread.ofVirtual().start(task))
        .join();
  }

  public static NamespaceName aNamespaceName() {
    return new NamespaceName("ns-" + UUID.randomUUID());
  }

  /** A namespace that is not stored. */
  public static Namespace aNamespace(ProjectId project, NamespaceName name, Instant createdAt) {
    return Namespace.create(
        new NamespaceId(UUID.randomUUID()),
        REGION,
        name,
        "",
        new OrganizationId(UUID.randomUUID()),
        project,
        false,
        createdAt);
  }

  public static ProjectId aProject() {
    return new ProjectId(UUID.randomUUID());
  }

  public Namespace addNamespace() {
    return addNamespace(aProject());
  }

  public Namespace addNamespace(ProjectId project) {
    return add(aNamespace(project, aNamespaceName(), START));
  }

  public Namespace add(Namespace namespace) {
    run(() -> namespaces.add(namespace));
    return namespace;
  }

  /** An image that is not published. */
  public ImageId addImage(Namespace namespace, String name) {
    return transaction(() -> images.findOrAdd(namespace.id(), new ImageName(name), START));
  }

  public ImageId addImage() {
    return addImage(addNamespace(), "app");
  }

  /** An image that has had something pushed. */
  public ImageId publishImage(Namespace namespace, String name) {
    ImageId image = addImage(namespace, name);
    run(() -> images.touch(image, 0, START));
    return image;
  }

  /** A blob of {@code size} bytes that nobody else has, linked to the image. */
  public Blob addBlob(ImageId image, long size) {
    return addBlob(image, ManifestBuilder.aBlob(size));
  }

  public Blob addBlob(ImageId image, Blob blob) {
    return transaction(() -> links.add(image, blob, LEASE));
  }

  /** Pushes by digest alone, as a client does that will list it in an index. */
  public Manifest push(ImageId image, Manifest manifest) {
    push(image, manifest, Optional.empty(), START);
    return manifest;
  }

  public Manifest push(ImageId image, Manifest manifest, String tag) {
    push(image, manifest, Optional.of(new TagName(tag)), START);
    return manifest;
  }

  /** Adds a manifest, points a tag at it, and keeps the image's size. */
  public void push(ImageId image, Manifest manifest, Optional<TagName> tag, Instant now) {
    run(
        () -> {
          lock(image);
          put(image, manifest, WHOLE_IMAGES, tag, now);
        });
  }

  /** Pushes a manifest that may list what the image does not have. */
  public Manifest pushSparse(ImageId image, Manifest manifest, String tag) {
    pushSparse(image, manifest, Optional.of(new TagName(tag)));
    return manifest;
  }

  public void pushSparse(ImageId image, Manifest manifest, Optional<TagName> tag) {
    run(
        () -> {
          if (!images.lockForSparsePush(image)) throw new IllegalStateException("no " + image);
          put(image, manifest, ALL_SPARSE, tag, START);
        });
  }

  private void put(
      ImageId image, Manifest manifest, Sparse accepted, Optional<TagName> tag, Instant now) {
    var _ = manifests.add(image, manifest, accepted, now);
    point(image, tag, manifest, now);
  }

  /** Points a tag at a manifest that is there, and keeps the image's size; under its lock. */
  public void point(ImageId image, Optional<TagName> tag, Manifest manifest, Instant now) {
    Set<Digest> changed = new HashSet<>();
    changed.add(manifest.digest());
    tag.flatMap(name -> tags.put(image, name, manifest.digest(), newTag(), now))
        .ifPresent(changed::add);
    images.touch(image, settle(image, changed), now);
  }

  public void untag(ImageId image, String tag) {
    run(
        () -> {
          lock(image);
          Digest digest = tags.findByName(image, new TagName(tag)).orElseThrow().digest();
          tags.remove(image, new TagName(tag));
          images.touch(image, settle(image, Set.of(digest)), START);
        });
  }

  /** Deletes a manifest and the tags that point at it. */
  public void delete(ImageId image, Digest manifest) {
    run(
        () -> {
          lock(image);
          tags.removeAllTo(image, manifest);
          long change =
              new Reachability(graph)
                  .remove(
                      image,
                      manifest,
                      () -> {
                        if (!manifests.remove(image, manifest)) {
                          throw new IllegalStateException("no manifest " + manifest);
                        }
                      });
          images.touch(image, change, START);
        });
  }

  public static TagId newTag() {
    return new TagId(UUID.randomUUID());
  }

  public long sizeOf(ImageId image) {
    return image(image).size().bytes();
  }

  /** A published image as it is stored. */
  public Image image(ImageId id) {
    return transaction(() -> images.find(REGION, id)).orElseThrow();
  }

  public Namespace namespace(NamespaceId id) {
    return transaction(() -> namespaces.find(REGION, id)).orElseThrow();
  }

  private void lock(ImageId image) {
    if (!images.lockForPush(image)) throw new IllegalStateException("no image " + image);
  }

  private long settle(ImageId image, Set<Digest> changed) {
    return new Reachability(graph).settle(image, changed);
  }
}
