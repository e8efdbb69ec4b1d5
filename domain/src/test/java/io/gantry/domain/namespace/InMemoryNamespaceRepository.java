package io.gantry.domain.namespace;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryRegistry.UsageRow;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.gantry.domain.paging.Pages;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Namespaces in an {@link InMemoryRegistry}. */
public final class InMemoryNamespaceRepository implements NamespaceRepository {
  private static final Comparator<Namespace> BY_ID =
      Comparator.comparing(namespace -> namespace.id().toString());

  private final InMemoryRegistry registry;

  public InMemoryNamespaceRepository(InMemoryRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void add(Namespace namespace) {
    registry.run(
        () -> {
          if (isTaken(namespace.region(), namespace.name())) {
            throw new RegistryException(
                new RegistryError.AlreadyExists(
                    ResourceType.NAMESPACE, "", "names are unique within the region"));
          }
          registry.namespaces.put(namespace.id(), namespace);
        });
  }

  @Override
  public Map<NamespaceId, Namespace> findAll(Region region, Collection<NamespaceId> ids) {
    return registry.locked(
        () ->
            registry.namespaces.values().stream()
                .filter(one -> ids.contains(one.id()) && one.region().equals(region))
                .map(this::withUsage)
                .collect(toMap(Namespace::id, identity())));
  }

  @Override
  public Optional<Namespace> findLocked(Region region, NamespaceId id) {
    return find(region, id);
  }

  private boolean isTaken(Region region, NamespaceName name) {
    return registry.namespaces.values().stream()
        .filter(Namespace::isReady)
        .anyMatch(one -> one.region().equals(region) && one.name().equals(name));
  }

  @Override
  public void update(Namespace namespace) {
    registry.run(() -> registry.namespaces.replace(namespace.id(), namespace));
  }

  @Override
  public Page<Namespace> list(NamespaceFilter filter, NamespaceOrder order, PageRequest page) {
    return registry.locked(
        () -> {
          List<Namespace> matching =
              registry.namespaces.values().stream()
                  .filter(one -> one.region().equals(filter.region()))
                  .filter(one -> filter.projects().contains(one.project()))
                  .filter(one -> filter.name().stream().allMatch(one.name()::equals))
                  .sorted(comparator(order))
                  .toList();
          return Pages.of(matching, page).map(this::withUsage);
        });
  }

  @Override
  public Optional<NamespaceId> claimDeleting() {
    return registry.locked(
        () ->
            registry.namespaces.values().stream()
                .filter(namespace -> !namespace.isReady())
                .map(Namespace::id)
                .findFirst());
  }

  @Override
  public void remove(NamespaceId id) {
    registry.run(
        () -> {
          if (registry.images.values().stream().anyMatch(i -> i.namespace().equals(id))) {
            throw new IllegalStateException("namespace " + id + " still has images");
          }
          registry.usage.remove(id);
          registry.namespaces.remove(id);
        });
  }

  private static Comparator<Namespace> comparator(NamespaceOrder order) {
    Comparator<Namespace> byCreation = Comparator.comparing(Namespace::createdAt);
    Comparator<Namespace> byName = Comparator.comparing(n -> n.name().value(), Pages.BYTEWISE);
    Comparator<Namespace> byText =
        Comparator.comparing(InMemoryNamespaceRepository::sortedPart, Pages.BYTEWISE);
    Comparator<Namespace> byStatus = Comparator.comparing(n -> n.status().name());
    return switch (order) {
      case CREATED_AT_ASC, REGION -> byCreation.thenComparing(BY_ID);
      case CREATED_AT_DESC -> byCreation.thenComparing(BY_ID).reversed();
      case NAME_ASC -> byName.thenComparing(BY_ID);
      case NAME_DESC -> byName.thenComparing(BY_ID).reversed();
      case DESCRIPTION_ASC -> byText.thenComparing(BY_ID);
      case DESCRIPTION_DESC -> byText.thenComparing(BY_ID).reversed();
      case STATUS_ASC -> byStatus.thenComparing(byCreation).thenComparing(BY_ID);
      case STATUS_DESC -> byStatus.thenComparing(byCreation).thenComparing(BY_ID).reversed();
    };
  }

  private static String sortedPart(Namespace namespace) {
    String text = namespace.description();
    int characters = text.codePointCount(0, text.length());
    return text.substring(
        0, text.offsetByCodePoints(0, Math.min(characters, NamespaceOrder.DESCRIPTION_CHARACTERS)));
  }

  private Namespace withUsage(Namespace one) {
    @Nullable UsageRow usage = registry.usage.get(one.id());
    if (usage == null) return one;
    Instant updatedAt =
        usage.updatedAt().isAfter(one.updatedAt()) ? usage.updatedAt() : one.updatedAt();
    return new Namespace(
        one.id(),
        one.region(),
        one.name(),
        one.description(),
        one.organization(),
        one.project(),
        one.status(),
        one.isPublic(),
        one.createdAt(),
        updatedAt,
        usage.usage());
  }
}
