package io.gantry.domain.image;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryRegistry.ImageRow;
import io.gantry.domain.InMemoryRegistry.UploadRow;
import io.gantry.domain.InMemoryRegistry.UsageRow;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.namespace.Status;
import io.gantry.domain.namespace.Usage;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.gantry.domain.paging.Pages;
import io.gantry.domain.tag.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Images in an {@link InMemoryRegistry}. */
public final class InMemoryImageRepository implements ImageRepository {
  private static final Comparator<ImageRow> BY_ID =
      Comparator.comparing(image -> image.id().toString());

  private final InMemoryRegistry registry;

  public InMemoryImageRepository(InMemoryRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Optional<Repository> resolve(Region region, RepositoryPath path) {
    return registry.locked(
        () ->
            registry.namespaces.values().stream()
                .filter(Namespace::isReady)
                .filter(n -> n.region().equals(region) && n.name().equals(path.namespace()))
                .findFirst()
                .map(
                    n ->
                        new Repository(
                            path,
                            n.id(),
                            n.project(),
                            n.isPublic(),
                            usable(n.id(), path.image())
                                .map(
                                    i ->
                                        new Repository.Held(
                                            i.id(), i.visibility(), i.published())))));
  }

  @Override
  public ImageId findOrAdd(NamespaceId namespace, ImageName name, Instant now) {
    return registry.locked(
        () -> {
          Namespace parent =
              readyNamespace(namespace)
                  .orElseThrow(() -> RegistryException.notFound(ResourceType.NAMESPACE, namespace));
          Optional<ImageRow> there = usable(namespace, name);
          if (there.isPresent()) return there.get().id();
          ImageId id = new ImageId(UUID.randomUUID());
          registry.images.put(
              id,
              new ImageRow(
                  id,
                  namespace,
                  parent.project(),
                  parent.region(),
                  name,
                  Status.READY,
                  Visibility.INHERIT,
                  false,
                  ByteSize.ZERO,
                  now,
                  now));
          return id;
        });
  }

  @Override
  public Map<ImageId, Image> findAll(Region region, Collection<ImageId> ids) {
    return registry.locked(
        () ->
            registry.images.values().stream()
                .filter(image -> ids.contains(image.id()) && image.region().equals(region))
                .filter(ImageRow::published)
                .map(this::toImage)
                .collect(toMap(Image::id, identity())));
  }

  @Override
  public Optional<Image> findLocked(Region region, ImageId id) {
    return find(region, id);
  }

  @Override
  public boolean lockForPush(ImageId id) {
    return registry.locked(
        () ->
            Optional.ofNullable(registry.images.get(id))
                .filter(ImageRow::isReady)
                .flatMap(image -> readyNamespace(image.namespace()))
                .isPresent());
  }

  /** Transactions run one after the other. */
  @Override
  public boolean lockForSparsePush(ImageId id) {
    return lockForPush(id);
  }

  @Override
  public void update(Image image) {
    registry.run(
        () -> {
          @Nullable ImageRow row = registry.images.get(image.id());
          if (row == null) return;
          registry.images.put(
              row.id(),
              new ImageRow(
                  row.id(),
                  row.namespace(),
                  row.project(),
                  row.region(),
                  row.name(),
                  image.status(),
                  image.visibility(),
                  row.published(),
                  row.size(),
                  row.createdAt(),
                  image.updatedAt()));
          use(row.namespace(), 0, 0, image.updatedAt());
        });
  }

  @Override
  public void touch(ImageId id, long sizeChange, Instant now) {
    registry.run(
        () -> {
          @Nullable ImageRow row = registry.images.get(id);
          if (row == null) return;
          registry.images.put(
              id,
              new ImageRow(
                  id,
                  row.namespace(),
                  row.project(),
                  row.region(),
                  row.name(),
                  row.status(),
                  row.visibility(),
                  true,
                  row.size().plus(sizeChange),
                  row.createdAt(),
                  now));
          use(row.namespace(), sizeChange, row.published() ? 0 : 1, now);
        });
  }

  @Override
  public Page<Image> list(ImageFilter filter, ImageOrder order, PageRequest page) {
    return registry.locked(
        () -> {
          List<ImageRow> matching =
              registry.images.values().stream()
                  .filter(ImageRow::published)
                  .filter(one -> one.region().equals(filter.region()))
                  .filter(one -> filter.projects().contains(one.project()))
                  .filter(one -> filter.namespace().stream().allMatch(one.namespace()::equals))
                  .filter(one -> filter.name().stream().allMatch(one.name()::equals))
                  .sorted(comparator(order))
                  .toList();
          return Pages.of(matching, page).map(this::toImage);
        });
  }

  @Override
  public void deleteAll(NamespaceId namespace, Instant now) {
    registry.run(
        () ->
            registry.images.replaceAll(
                (id, row) ->
                    row.namespace().equals(namespace) && row.isReady() ? deleted(row, now) : row));
  }

  @Override
  public Optional<ImageId> claimDeleting() {
    return registry.locked(
        () ->
            registry.images.values().stream()
                .filter(image -> !image.isReady())
                .map(ImageRow::id)
                .findFirst());
  }

  @Override
  public boolean purge(ImageId id, int limit) {
    return registry.locked(
        () -> {
          @Nullable ImageRow row = registry.images.get(id);
          if (row == null) return true;
          if (row.isReady()) throw new IllegalStateException("image " + id + " is not deleted");
          int left = limit;
          left -= drop(registry.tags.values(), tag -> tag.image().equals(id), left);
          left -= drop(registry.children.keySet(), child -> child.image().equals(id), left);
          left -= drop(registry.manifests.keySet(), key -> key.image().equals(id), left);
          left -= drop(registry.layers.keySet(), key -> key.image().equals(id), left);
          left -= dropUploads(id, left);
          left -= drop(registry.links.keySet(), key -> key.image().equals(id), left);
          if (left == 0) return false;
          registry.images.remove(id);
          if (row.published()) use(row.namespace(), -row.size().bytes(), -1, Instant.MIN);
          return true;
        });
  }

  @Override
  public boolean anyIn(NamespaceId namespace) {
    return registry.locked(
        () -> registry.images.values().stream().anyMatch(i -> i.namespace().equals(namespace)));
  }

  private int dropUploads(ImageId image, int limit) {
    List<UploadRow> going =
        registry.uploads.values().stream()
            .filter(row -> row.upload().image().equals(image))
            .limit(limit)
            .toList();
    for (UploadRow row : going) {
      registry.uploads.remove(row.upload().id());
      if (row.isOpen()) registry.tombstones.put(row.upload().key(), registry.clock.instant());
    }
    return going.size();
  }

  private static <T> int drop(Iterable<T> rows, Predicate<T> which, int limit) {
    int dropped = 0;
    Iterator<T> each = rows.iterator();
    while (dropped < limit && each.hasNext()) {
      if (which.test(each.next())) {
        each.remove();
        dropped++;
      }
    }
    return dropped;
  }

  private void use(NamespaceId namespace, long bytes, long images, Instant now) {
    UsageRow before =
        registry.usage.getOrDefault(namespace, new UsageRow(Usage.NOTHING, Instant.MIN));
    Usage usage =
        new Usage(before.usage().size().plus(bytes), before.usage().imageCount() + images);
    Instant updatedAt = now.isAfter(before.updatedAt()) ? now : before.updatedAt();
    registry.usage.put(namespace, new UsageRow(usage, updatedAt));
  }

  private Optional<Namespace> readyNamespace(NamespaceId id) {
    return Optional.ofNullable(registry.namespaces.get(id)).filter(Namespace::isReady);
  }

  private Optional<ImageRow> usable(NamespaceId namespace, ImageName name) {
    return registry.images.values().stream()
        .filter(ImageRow::isReady)
        .filter(image -> image.namespace().equals(namespace) && image.name().equals(name))
        .findFirst();
  }

  private static ImageRow deleted(ImageRow row, Instant now) {
    return new ImageRow(
        row.id(),
        row.namespace(),
        row.project(),
        row.region(),
        row.name(),
        Status.DELETING,
        row.visibility(),
        row.published(),
        row.size(),
        row.createdAt(),
        now);
  }

  private static Comparator<ImageRow> comparator(ImageOrder order) {
    Comparator<ImageRow> byCreation = Comparator.comparing(ImageRow::createdAt);
    Comparator<ImageRow> byName = Comparator.comparing(i -> i.name().value(), Pages.BYTEWISE);
    Comparator<ImageRow> byStatus = Comparator.comparing(i -> i.status().name());
    return switch (order) {
      case CREATED_AT_ASC, REGION -> byCreation.thenComparing(BY_ID);
      case CREATED_AT_DESC -> byCreation.thenComparing(BY_ID).reversed();
      case NAME_ASC -> byName.thenComparing(byCreation).thenComparing(BY_ID);
      case NAME_DESC -> byName.thenComparing(byCreation).thenComparing(BY_ID).reversed();
      case STATUS_ASC -> byStatus.thenComparing(byCreation).thenComparing(BY_ID);
      case STATUS_DESC -> byStatus.thenComparing(byCreation).thenComparing(BY_ID).reversed();
    };
  }

  private Image toImage(ImageRow row) {
    List<Tag> newestFirst = new ArrayList<>(registry.tags.values());
    newestFirst.removeIf(tag -> !tag.image().equals(row.id()));
    newestFirst.sort(
        Comparator.comparing(Tag::updatedAt).reversed().thenComparing(tag -> tag.id().toString()));
    return new Image(
        row.id(),
        row.namespace(),
        row.project(),
        row.name(),
        row.status(),
        row.visibility(),
        row.size(),
        row.createdAt(),
        row.updatedAt(),
        newestFirst.stream().limit(Image.MAX_TAGS).map(tag -> tag.name().value()).toList());
  }
}
