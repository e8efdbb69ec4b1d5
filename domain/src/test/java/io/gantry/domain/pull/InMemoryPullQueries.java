package io.gantry.domain.pull;

import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryRegistry.ImageRow;
import io.gantry.domain.InMemoryRegistry.InImage;
import io.gantry.domain.InMemoryRegistry.ManifestRow;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.InMemoryImageRepository;
import io.gantry.domain.image.Repository;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.StoredManifest;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.paging.Pages;
import io.gantry.domain.tag.Reference;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What pulls ask for, found in an {@link InMemoryRegistry}. */
public final class InMemoryPullQueries implements PullQueries {
  private final InMemoryRegistry registry;
  private final InMemoryImageRepository images;

  public InMemoryPullQueries(InMemoryRegistry registry) {
    this.registry = registry;
    this.images = new InMemoryImageRepository(registry);
  }

  @Override
  public Map<WantedManifest, Found<FoundManifest>> manifests(
      Collection<WantedManifest> wanted, long most) {
    return each(
        wanted,
        one ->
            find(
                one.region(),
                one.path(),
                image -> row(image, one.reference()).map(row -> found(row, most))));
  }

  @Override
  public Map<WantedBlob, Found<LinkedBlob>> blobs(Collection<WantedBlob> wanted, Duration lease) {
    return each(
        wanted,
        one ->
            find(
                one.region(),
                one.path(),
                image -> linked(new InImage(image, one.digest()), lease)));
  }

  private Optional<LinkedBlob> linked(InImage link, Duration lease) {
    @Nullable Instant leasedUntil = registry.links.get(link);
    if (leasedUntil == null) return Optional.empty();
    Instant soon = registry.clock.instant().plus(lease.dividedBy(2));
    return Optional.ofNullable(registry.blobs.get(link.digest()))
        .map(blob -> new LinkedBlob(blob, leasedUntil.isBefore(soon)));
  }

  private <W, T> Map<W, Found<T>> each(Collection<W> wanted, Function<W, Optional<Found<T>>> find) {
    return registry.locked(
        () -> {
          Map<W, Found<T>> all = new HashMap<>();
          for (W one : wanted) find.apply(one).ifPresent(found -> all.put(one, found));
          return all;
        });
  }

  @Override
  public Optional<Found<List<TagName>>> tagNames(
      Region region, RepositoryPath path, Optional<String> last, int limit) {
    return find(
        region,
        path,
        image ->
            Optional.of(
                tags(image)
                    .map(Tag::name)
                    .sorted(Comparator.comparing(TagName::value, Pages.BYTEWISE))
                    .filter(name -> last.stream().allMatch(l -> isAfter(name.value(), l)))
                    .limit(limit)
                    .toList()));
  }

  @Override
  public Optional<Found<ReferrerPage>> referrers(
      Region region, RepositoryPath path, ReferrerQuery query) {
    return find(region, path, image -> Optional.of(page(image, query)));
  }

  @Override
  public List<RepositoryPath> repositories(
      Region region, Set<ProjectId> projects, Optional<String> last, int limit) {
    return registry.locked(
        () ->
            registry.images.values().stream()
                .filter(image -> image.isReady() && image.published())
                .filter(image -> image.region().equals(region))
                .flatMap(image -> visible(image, projects).stream())
                .sorted(
                    Comparator.comparing(
                            (RepositoryPath path) -> path.namespace().value(), Pages.BYTEWISE)
                        .thenComparing(path -> path.image().value(), Pages.BYTEWISE))
                .filter(path -> last.stream().allMatch(l -> isAfter(path, l)))
                .limit(limit)
                .toList());
  }

  private Optional<RepositoryPath> visible(ImageRow image, Set<ProjectId> projects) {
    return Optional.ofNullable(registry.namespaces.get(image.namespace()))
        .filter(Namespace::isReady)
        .filter(
            namespace ->
                projects.contains(image.project())
                    || image.visibility().isPublicIn(namespace.isPublic()))
        .map(namespace -> new RepositoryPath(namespace.name(), image.name()));
  }

  private static boolean isAfter(RepositoryPath path, String last) {
    String[] parts = last.split("/", 2);
    int order = Pages.BYTEWISE.compare(path.namespace().value(), parts[0]);
    if (order != 0) return order > 0;
    return parts.length == 1 || isAfter(path.image().value(), parts[1]);
  }

  private ReferrerPage page(ImageId image, ReferrerQuery query) {
    List<Referrer> all =
        registry.manifests.entrySet().stream()
            .filter(entry -> entry.getKey().image().equals(image))
            .map(Map.Entry::getValue)
            .filter(row -> row.manifest().subject().filter(query.subject()::equals).isPresent())
            .map(row -> new Referrer(stored(row), row.manifest().artifactType()))
            .filter(one -> query.artifactType().stream().allMatch(t -> hasType(one, t)))
            .filter(one -> query.last().stream().allMatch(l -> isAfter(key(one), l.toString())))
            .sorted(Comparator.comparing(InMemoryPullQueries::key, Pages.BYTEWISE))
            .toList();
    List<Referrer> page = new ArrayList<>();
    long bytes = 0;
    for (Referrer one : all) {
      bytes += one.manifest().bytes().size();
      if (page.size() == query.limit() || (!page.isEmpty() && bytes > query.bytes())) break;
      page.add(one);
    }
    return new ReferrerPage(page, page.size() < all.size());
  }

  private static boolean hasType(Referrer referrer, String type) {
    return referrer.artifactType().filter(type::equals).isPresent();
  }

  private static String key(Referrer referrer) {
    return referrer.manifest().digest().toString();
  }

  private static boolean isAfter(String one, String other) {
    return Pages.BYTEWISE.compare(one, other) > 0;
  }

  private <T> Optional<Found<T>> find(
      Region region, RepositoryPath path, Function<ImageId, Optional<T>> content) {
    return registry.locked(
        () ->
            images
                .resolve(region, path)
                .map(
                    repository ->
                        new Found<>(
                            repository,
                            repository.image().map(Repository.Held::id).flatMap(content))));
  }

  private Optional<ManifestRow> row(ImageId image, Reference reference) {
    Optional<Digest> digest =
        switch (reference) {
          case Reference.ByDigest(var given) -> Optional.of(given);
          case Reference.ByTag(var name) ->
              tags(image).filter(tag -> tag.name().equals(name)).map(Tag::digest).findFirst();
        };
    return digest.flatMap(d -> Optional.ofNullable(registry.manifests.get(new InImage(image, d))));
  }

  private Stream<Tag> tags(ImageId image) {
    return registry.tags.values().stream().filter(tag -> tag.image().equals(image));
  }

  private static FoundManifest found(ManifestRow row, long most) {
    Manifest manifest = row.manifest();
    return new FoundManifest(
        new ManifestSummary(manifest.digest(), manifest.mediaType(), manifest.bytes().size()),
        Optional.of(manifest.bytes()).filter(bytes -> bytes.size() <= most));
  }

  private static StoredManifest stored(ManifestRow row) {
    return new StoredManifest(
        row.manifest().digest(), row.manifest().mediaType(), row.manifest().bytes());
  }
}
