package io.gantry.domain.tag;

import io.gantry.domain.Catalogue;
import io.gantry.domain.InMemoryRegistry;
import io.gantry.domain.InMemoryRegistry.InImage;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Descriptor;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
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
          Set<TagId> taken = new HashSet<>();
          pushes.stream()
              .sorted(Comparator.comparing(SimplePush::pushedAt))
              .filter(this::take)
              .map(SimplePush::id)
              .forEach(taken::add);
          return taken;
        });
  }

  private boolean take(SimplePush push) {
    ImageId image = push.image();
    Digest digest = push.manifest().digest();
    if (!catalogue.images().lockForPush(image)
        || registry.manifests.containsKey(new InImage(image, digest))
        || registry.isAwaited(image, digest)
        || isSubject(image, digest)
        || catalogue.tags().findByName(image, push.tag()).isPresent()
        || !listed(push).allMatch(one -> isLinked(image, one))) {
      return false;
    }
    var _ =
        catalogue.manifests().add(image, push.manifest(), Catalogue.WHOLE_IMAGES, push.pushedAt());
    var _ = catalogue.tags().put(image, push.tag(), digest, push.id(), push.pushedAt());
    long gained = catalogue.graph().markReachable(image, Set.of(digest));
    catalogue.images().touch(image, gained, push.pushedAt());
    return true;
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
