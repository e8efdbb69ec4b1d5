package io.gantry.domain.image;

import static io.gantry.domain.Catalogue.REGION;
import static io.gantry.domain.Catalogue.START;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.Catalogue;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.namespace.Status;
import io.gantry.domain.namespace.Usage;
import io.gantry.domain.paging.PageRequest;
import io.gantry.domain.tag.TagName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link ImageRepository} does. */
public abstract class ImageRepositoryContract extends ImageScene {
  private static final ImageName APP = new ImageName("app");

  @Nested
  class Resolve {
    @Test
    void findsNothingWithoutTheNamespace() {
      RepositoryPath path = new RepositoryPath(Catalogue.aNamespaceName(), APP);

      assertThat(resolve(path)).isEmpty();
    }

    @Test
    void findsTheNamespaceWithoutTheImage() {
      Namespace namespace = catalogue().addNamespace();
      RepositoryPath path = new RepositoryPath(namespace.name(), APP);

      assertThat(resolve(path))
          .contains(
              new Repository(path, namespace.id(), namespace.project(), false, Optional.empty()));
    }

    @Test
    void findsAnImageBeforeItIsPublished() {
      Namespace namespace = catalogue().addNamespace();
      ImageId image = catalogue().addImage(namespace, "a/b");

      assertThat(held(namespace, "a/b"))
          .contains(new Repository.Held(image, Visibility.INHERIT, false));
    }

    @Test
    void tellsWhatIsPublicAndPublished() {
      Namespace namespace = catalogue().addNamespace();
      catalogue().run(() -> catalogue().namespaces().update(namespace.makePublic(true, LATER)));
      ImageId image = catalogue().publishImage(namespace, "app");
      catalogue()
          .run(() -> images().update(stored(image).withVisibility(Visibility.PRIVATE, LATER)));

      assertThat(resolve(new RepositoryPath(namespace.name(), APP)).orElseThrow().namespacePublic())
          .isTrue();
      assertThat(held(namespace, "app"))
          .contains(new Repository.Held(image, Visibility.PRIVATE, true));
    }

    @Test
    void findsNeitherADeletedImageNorADeletedNamespace() {
      Namespace namespace = catalogue().addNamespace();
      delete(catalogue().publishImage(namespace, "app"));
      assertThat(held(namespace, "app")).isEmpty();

      catalogue().run(() -> catalogue().namespaces().update(namespace.delete(LATER)));
      assertThat(resolve(new RepositoryPath(namespace.name(), APP))).isEmpty();
    }

    @Test
    void needsNoTransaction() {
      Namespace namespace = catalogue().addNamespace();
      ImageId image = catalogue().publishImage(namespace, "app");

      catalogue()
          .withoutTransaction(
              () -> {
                assertThat(images().resolve(REGION, new RepositoryPath(namespace.name(), APP)))
                    .isPresent();
                assertThat(images().find(REGION, image)).isPresent();
                assertThat(
                        images()
                            .list(
                                filter(namespace.project()),
                                ImageOrder.NAME_ASC,
                                PageRequest.first())
                            .items())
                    .hasSize(1);
              });
    }

    private Optional<Repository> resolve(RepositoryPath path) {
      return catalogue().transaction(() -> images().resolve(REGION, path));
    }

    private Optional<Repository.Held> held(Namespace namespace, String image) {
      return resolve(new RepositoryPath(namespace.name(), new ImageName(image)))
          .orElseThrow()
          .image();
    }
  }

  @Nested
  class FindOrAdd {
    @Test
    void addsOnce() {
      Namespace namespace = catalogue().addNamespace();

      ImageId first = catalogue().addImage(namespace, "app");

      assertThat(catalogue().addImage(namespace, "app")).isEqualTo(first);
      assertThat(catalogue().addImage(namespace, "app2")).isNotEqualTo(first);
      assertThat(catalogue().addImage(catalogue().addNamespace(), "app")).isNotEqualTo(first);
    }

    @Test
    void addsAnotherInPlaceOfOneThatIsBeingDeleted() {
      Namespace namespace = catalogue().addNamespace();
      ImageId first = catalogue().publishImage(namespace, "app");
      delete(first);

      assertThat(catalogue().addImage(namespace, "app")).isNotEqualTo(first);
    }

    @Test
    void refusesAnUnknownNamespace() {
      NamespaceId unknown = new NamespaceId(UUID.randomUUID());

      assertNotFound(() -> images().findOrAdd(unknown, APP, START));
    }

    @Test
    void refusesANamespaceThatIsBeingDeleted() {
      Namespace namespace = catalogue().addNamespace();
      var _ = catalogue().addImage(namespace, "app");
      catalogue().run(() -> catalogue().namespaces().update(namespace.delete(LATER)));

      assertNotFound(() -> images().findOrAdd(namespace.id(), APP, START));
      assertNotFound(() -> images().findOrAdd(namespace.id(), new ImageName("b"), START));
    }

    private void assertNotFound(Runnable call) {
      assertThatThrownBy(() -> catalogue().run(call))
          .isInstanceOfSatisfying(
              RegistryException.class, e -> assertThat(e.error()).isInstanceOf(NotFound.class));
    }
  }

  @Nested
  class Find {
    @Test
    void doesNotFindAnImageBeforeItIsPublished() {
      ImageId image = catalogue().addImage();

      assertThat(find(image)).isEmpty();
      assertThat(catalogue().transaction(() -> images().findLocked(REGION, image))).isEmpty();
    }

    @Test
    void findsAPublishedImage() {
      Namespace namespace = catalogue().addNamespace();
      ImageId id = catalogue().publishImage(namespace, "a/b-c");

      Image image =
          new Image(
              id,
              namespace.id(),
              namespace.project(),
              new ImageName("a/b-c"),
              Status.READY,
              Visibility.INHERIT,
              ByteSize.ZERO,
              START,
              START,
              List.of());
      assertThat(find(id)).contains(image);
      assertThat(catalogue().transaction(() -> images().findLocked(REGION, id))).contains(image);
      assertThat(list(filter(namespace.project())).items()).containsExactly(image);
    }

    @Test
    void findsNothingInAnotherRegion() {
      ImageId image = catalogue().publishImage(catalogue().addNamespace(), "app");

      assertThat(catalogue().transaction(() -> images().find(new Region("nl-ams"), image)))
          .isEmpty();
    }

    @Test
    void listsItsNewestTagsFirst() {
      ImageId image = catalogue().addImage();
      Manifest manifest = catalogue().push(image, aManifest().build());
      tag(image, manifest, "old", START);
      tag(image, manifest, "newest", START.plusSeconds(2));
      tag(image, manifest, "new", START.plusSeconds(1));

      assertThat(catalogue().image(image).tags()).containsExactly("newest", "new", "old");
    }

    @Test
    void listsNoMoreThanItsThousandNewestTags() {
      ImageId image = catalogue().addImage();
      Manifest manifest = catalogue().push(image, aManifest().build());
      List<String> names = new ArrayList<>();
      catalogue()
          .run(
              () -> {
                for (int i = 0; i < Image.MAX_TAGS + 2; i++) {
                  var _ =
                      catalogue()
                          .tags()
                          .put(
                              image,
                              new TagName("t" + i),
                              manifest.digest(),
                              Catalogue.newTag(),
                              START.plusSeconds(i));
                  names.add("t" + i);
                }
              });

      assertThat(catalogue().image(image).tags())
          .isEqualTo(names.subList(2, names.size()).reversed());
    }

    private void tag(ImageId image, Manifest manifest, String tag, Instant now) {
      catalogue().push(image, manifest, Optional.of(new TagName(tag)), now);
    }
  }

  @Nested
  class LockForPush {
    @Test
    void takesTheLockOfAUsableImage() {
      ImageId image = catalogue().addImage();

      assertThat(lock(image)).isTrue();
    }

    @Test
    void refusesAnImageThatIsGoneOrBeingDeleted() {
      ImageId image = catalogue().publishImage(catalogue().addNamespace(), "app");
      delete(image);

      assertThat(lock(image)).isFalse();
      assertThat(lock(new ImageId(UUID.randomUUID()))).isFalse();
    }

    @Test
    void refusesAnImageOfANamespaceThatIsBeingDeleted() {
      Namespace namespace = catalogue().addNamespace();
      ImageId image = catalogue().addImage(namespace, "app");
      catalogue().run(() -> catalogue().namespaces().update(namespace.delete(LATER)));

      assertThat(lock(image)).isFalse();
    }

    private boolean lock(ImageId image) {
      return catalogue().transaction(() -> images().lockForPush(image));
    }
  }

  @Nested
  class Change {
    @Test
    void storesVisibilityStatusAndTime() {
      Namespace namespace = catalogue().addNamespace();
      ImageId id = catalogue().publishImage(namespace, "app");
      Image changed = catalogue().image(id).withVisibility(Visibility.PUBLIC, LATER).delete(LATER);

      catalogue().run(() -> images().update(changed));

      assertThat(find(id)).contains(changed);
      assertThat(catalogue().namespace(namespace.id()).updatedAt()).isEqualTo(LATER);
    }

    @Test
    void publishesAndGrowsWithTheFirstPush() {
      Namespace namespace = catalogue().addNamespace();
      ImageId id = catalogue().addImage(namespace, "app");

      touch(id, 100, LATER);
      touch(id, 20, LATER);
      touch(id, -50, LATER);

      Image image = catalogue().image(id);
      assertThat(image.size()).isEqualTo(new ByteSize(70));
      assertThat(image.updatedAt()).isEqualTo(LATER);
      assertThat(image.createdAt()).isEqualTo(START);
      Namespace holder = catalogue().namespace(namespace.id());
      assertThat(holder.usage()).isEqualTo(new Usage(new ByteSize(70), 1));
      assertThat(holder.updatedAt()).isEqualTo(LATER);
    }

    @Test
    void deletesEveryImageOfANamespace() {
      Namespace namespace = catalogue().addNamespace();
      ImageId published = catalogue().publishImage(namespace, "app");
      ImageId unpublished = catalogue().addImage(namespace, "b");
      ImageId other = catalogue().publishImage(catalogue().addNamespace(), "app");

      catalogue().run(() -> images().deleteAll(namespace.id(), LATER));

      assertThat(catalogue().image(published).status()).isEqualTo(Status.DELETING);
      assertThat(catalogue().transaction(() -> images().lockForPush(unpublished))).isFalse();
      assertThat(catalogue().image(other).status()).isEqualTo(Status.READY);
    }
  }
}
