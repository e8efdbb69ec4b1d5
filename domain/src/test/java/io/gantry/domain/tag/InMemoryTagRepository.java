package io.gantry.domain.tag;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryRegistry.ImageRow;
import io.gantry.domain.InMemoryRegistry.InImage;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.gantry.domain.paging.Pages;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Tags in an {@link InMemoryRegistry}. */
public final class InMemoryTagRepository implements TagRepository {
  private static final Comparator<Tag> BY_ID = Comparator.comparing(tag -> tag.id().toString());
  private static final Comparator<Tag> BY_NAME =
      Comparator.comparing(tag -> tag.name().value(), Pages.BYTEWISE);

  private final InMemoryRegistry registry;

  public InMemoryTagRepository(InMemoryRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Map<TagId, OwnedTag> findAll(Region region, Collection<TagId> ids) {
    return registry.locked(
        () ->
            registry.tags.values().stream()
                .filter(tag -> ids.contains(tag.id()))
                .flatMap(tag -> owned(region, tag).stream())
                .collect(toMap(owned -> owned.tag().id(), identity())));
  }

  private Optional<OwnedTag> owned(Region region, Tag tag) {
    return Optional.ofNullable(registry.images.get(tag.image()))
        .filter(ImageRow::isReady)
        .filter(image -> image.region().equals(region))
        .map(image -> new OwnedTag(tag, image.project()));
  }

  @Override
  public Optional<Tag> findByName(ImageId image, TagName name) {
    return registry.locked(() -> of(image).filter(tag -> tag.name().equals(name)).findFirst());
  }

  @Override
  public Optional<Digest> put(
      ImageId image, TagName name, Digest manifest, TagId idIfNew, Instant now) {
    return registry.locked(
        () -> {
          if (!registry.manifests.containsKey(new InImage(image, manifest))) {
            throw RegistryException.notFound(ResourceType.MANIFEST, manifest);
          }
          Optional<Tag> before = findByName(image, name);
          TagId id = before.map(Tag::id).orElse(idIfNew);
          Instant createdAt = before.map(Tag::createdAt).orElse(now);
          registry.tags.put(id, new Tag(id, image, name, manifest, createdAt, now));
          return before.map(Tag::digest);
        });
  }

  @Override
  public void remove(ImageId image, TagName name) {
    registry.run(
        () ->
            registry
                .tags
                .values()
                .removeIf(tag -> tag.image().equals(image) && tag.name().equals(name)));
  }

  @Override
  public void removeAllTo(ImageId image, Digest manifest) {
    registry.run(
        () ->
            registry
                .tags
                .values()
                .removeIf(tag -> tag.image().equals(image) && tag.digest().equals(manifest)));
  }

  @Override
  public long countTo(ImageId image, Digest manifest) {
    return registry.locked(() -> of(image).filter(tag -> tag.digest().equals(manifest)).count());
  }

  @Override
  public Page<Tag> list(ImageId image, Optional<TagName> name, TagOrder order, PageRequest page) {
    return registry.locked(
        () -> {
          List<Tag> matching =
              of(image)
                  .filter(tag -> name.stream().allMatch(tag.name()::equals))
                  .sorted(comparator(order))
                  .toList();
          return Pages.of(matching, page);
        });
  }

  private Stream<Tag> of(ImageId image) {
    return registry.tags.values().stream().filter(tag -> tag.image().equals(image));
  }

  private static Comparator<Tag> comparator(TagOrder order) {
    Comparator<Tag> byCreation = Comparator.comparing(Tag::createdAt);
    return switch (order) {
      case CREATED_AT_ASC, STATUS_ASC, REGION -> byCreation.thenComparing(BY_ID);
      case CREATED_AT_DESC, STATUS_DESC -> byCreation.thenComparing(BY_ID).reversed();
      case NAME_ASC -> BY_NAME;
      case NAME_DESC -> BY_NAME.reversed();
    };
  }
}
