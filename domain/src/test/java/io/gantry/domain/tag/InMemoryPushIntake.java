package io.gantry.domain.tag;

import io.gantry.domain.Catalogue;
import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryRegistry.InImage;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Descriptor;
import io.gantry.domain.manifest.ManifestGraph.Mark;
import io.gantry.domain.manifest.Reachability;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The short way into an {@link InMemoryRegistry}: the ordinary one, for what is simple. */
public final class InMemoryPushIntake implements PushIntake {
  private final InMemoryRegistry registry;
  private final Catalogue catalogue;

  public InMemoryPushIntake(InMemoryRegistry registry) {
    this.registry = registry;
    this.catalogue = Catalogue.inMemory(registry);
  }

  @Override
  public Set<TagId> take(Collection<SimplePush> pushes) {
    return registry.locked(
        () -> {
          Map<InImage, TagId> taken = new HashMap<>();
          pushes.stream()
              .sorted(Comparator.comparing(SimplePush::pushedAt))
              .filter(push -> !taken.containsKey(target(push)) && take(push))
              .forEach(push -> taken.put(target(push), push.id()));
          return Set.copyOf(taken.values());
        });
  }

  /** Locks of images are not held here between two calls. */
  @Override
  public Taken takeFree(Collection<SimplePush> pushes) {
    return new Taken(take(pushes), Set.of());
  }

  private static InImage target(SimplePush push) {
    return new InImage(push.image(), push.manifest().digest());
  }

  private boolean take(SimplePush push) {
    ImageId image = push.image();
    Digest digest = push.manifest().digest();
    if (!catalogue.images().lockForPush(image)
        || !(isReachable(image, digest) || isUnknown(image, digest))
        || tagged(push).filter(before -> leadsToOthers(image, before)).isPresent()
        || !listed(push).allMatch(one -> isLinked(image, one))) {
      return false;
    }
    var _ =
        catalogue.manifests().add(image, push.manifest(), Catalogue.WHOLE_IMAGES, push.pushedAt());
    Set<Digest> changed = new HashSet<>(Set.of(digest));
    catalogue
        .tags()
        .put(image, push.tag(), digest, push.id(), push.pushedAt())
        .ifPresent(changed::add);
    long gained = new Reachability(catalogue.graph()).settle(image, changed);
    catalogue.images().touch(image, gained, push.pushedAt());
    return true;
  }

  private boolean isReachable(ImageId image, Digest manifest) {
    return !catalogue.graph().reachable(image, Set.of(manifest)).isEmpty();
  }

  private boolean isUnknown(ImageId image, Digest manifest) {
    return !registry.manifests.containsKey(new InImage(image, manifest))
        && !registry.isAwaited(image, manifest)
        && !isSubject(image, manifest);
  }

  /** What the tag points at, unless that is the manifest already. */
  private Optional<Digest> tagged(SimplePush push) {
    return catalogue
        .tags()
        .findByName(push.image(), push.tag())
        .map(Tag::digest)
        .filter(before -> !before.equals(push.manifest().digest()));
  }

  private boolean leadsToOthers(ImageId image, Digest manifest) {
    return !catalogue.graph().successors(image, Set.of(manifest), Mark.REACHABLE).isEmpty();
  }

  private static Stream<Descriptor> listed(SimplePush push) {
    return Stream.concat(push.manifest().config().stream(), push.manifest().layers().stream());
  }

  private boolean isSubject(ImageId image, Digest digest) {
    return registry.manifests.entrySet().stream()
        .filter(row -> row.getKey().image().equals(image))
        .anyMatch(row -> row.getValue().manifest().subject().equals(Optional.of(digest)));
  }

  private boolean isLinked(ImageId image, Descriptor listed) {
    return catalogue
        .links()
        .find(image, listed.digest())
        .map(Blob::size)
        .filter(size -> size.bytes() == listed.size())
        .isPresent();
  }
}
