package io.gantry.domain.image;

import static io.gantry.domain.Catalogue.REGION;
import static io.gantry.domain.Catalogue.START;
import static io.gantry.domain.Catalogue.aProject;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static io.gantry.domain.manifest.ManifestBuilder.anIndex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.Catalogue;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.namespace.Status;
import io.gantry.domain.namespace.Usage;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.gantry.domain.tag.TagName;
import io.gantry.domain.upload.Upload;
import io.gantry.domain.upload.UploadId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ImageRepository} does. */
public abstract class ImageRepositoryContract {
  private static final Instant LATER = START.plusSeconds(60);
  private static final ImageName APP = new ImageName("app");

  protected abstract Catalogue catalogue();

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
          .run(
              () ->
                  images().update(catalogueImage(image).withVisibility(Visibility.PRIVATE, LATER)));

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

  @Nested
  class Listing {
    @Test
    void listsNothingForNoProjects() {
      ImageFilter nothing = new ImageFilter(REGION, Set.of(), Optional.empty(), Optional.empty());

      assertThat(list(nothing)).isEqualTo(Page.empty());
    }

    @Test
    void leavesOutWhatIsNotPublished() {
      Namespace namespace = catalogue().addNamespace();
      var _ = catalogue().addImage(namespace, "app");

      assertThat(list(filter(namespace.project()))).isEqualTo(Page.empty());
    }

    @Test
    void filtersByProjectsNamespaceAndName() {
      ProjectId project = aProject();
      Namespace one = catalogue().addNamespace(project);
      Namespace two = catalogue().addNamespace(project);
      Namespace three = catalogue().addNamespace(aProject());
      ImageId a1 = catalogue().publishImage(one, "a");
      ImageId b1 = catalogue().publishImage(one, "b");
      ImageId a2 = catalogue().publishImage(two, "a");
      ImageId a3 = catalogue().publishImage(three, "a");
      Set<ProjectId> both = Set.of(project, three.project());
      Optional<ImageName> a = Optional.of(new ImageName("a"));

      assertThat(ids(new ImageFilter(REGION, both, Optional.empty(), Optional.empty())))
          .containsExactlyInAnyOrder(a1, b1, a2, a3);
      assertThat(ids(new ImageFilter(REGION, Set.of(project), Optional.empty(), a)))
          .containsExactlyInAnyOrder(a1, a2);
      assertThat(ids(new ImageFilter(REGION, both, Optional.of(one.id()), Optional.empty())))
          .containsExactlyInAnyOrder(a1, b1);
      assertThat(ids(new ImageFilter(REGION, both, Optional.of(one.id()), a))).containsExactly(a1);
      assertThat(
              ids(
                  new ImageFilter(
                      REGION, Set.of(project), Optional.of(three.id()), Optional.empty())))
          .isEmpty();
    }

    @Test
    void isEmptyWithTheTotalPastTheEnd() {
      Namespace namespace = catalogue().addNamespace();
      var _ = catalogue().publishImage(namespace, "app");

      for (int number : new int[] {2, 50, Integer.MAX_VALUE}) {
        Page<Image> page =
            list(
                filter(namespace.project()),
                ImageOrder.CREATED_AT_ASC,
                new PageRequest(number, 100));
        assertThat(page).isEqualTo(new Page<>(List.of(), 1));
      }
    }

    @ParameterizedTest
    @EnumSource
    void pagesInEveryOrderNeitherOverlapNorLeaveOut(ImageOrder order) {
      Namespace namespace = catalogue().addNamespace();
      List<ImageId> added = new ArrayList<>();
      for (int i = 0; i < 7; i++) added.add(catalogue().publishImage(namespace, "app" + i));

      List<ImageId> seen = new ArrayList<>();
      for (int number = 1; number <= 4; number++) {
        Page<Image> page = list(filter(namespace.project()), order, new PageRequest(number, 2));
        assertThat(page.totalCount()).isEqualTo(7);
        seen.addAll(idsOf(page));
      }

      assertThat(seen).containsExactlyInAnyOrderElementsOf(added);
    }

    @ParameterizedTest
    @EnumSource
    void sortsByWhatTheOrderSays(ImageOrder order) {
      Namespace namespace = catalogue().addNamespace();
      ImageId b = addAt(namespace, "b-z", START.plusSeconds(2));
      ImageId a = addAt(namespace, "a", START.plusSeconds(1));
      ImageId c = addAt(namespace, "b.a", START.plusSeconds(3));
      delete(a);

      List<ImageId> ids = idsOf(list(filter(namespace.project()), order, PageRequest.first()));

      List<ImageId> ascending = new ArrayList<>(List.of(a, b, c));
      switch (order) {
        case CREATED_AT_ASC, NAME_ASC, STATUS_ASC, REGION -> {}
        case CREATED_AT_DESC, NAME_DESC, STATUS_DESC -> Collections.reverse(ascending);
      }
      assertThat(ids).isEqualTo(ascending);
    }

    private ImageId addAt(Namespace namespace, String name, Instant now) {
      ImageId image =
          catalogue()
              .transaction(() -> images().findOrAdd(namespace.id(), new ImageName(name), now));
      touch(image, 0, now);
      return image;
    }

    private List<ImageId> ids(ImageFilter filter) {
      Page<Image> page = list(filter);
      assertThat(page.totalCount()).isEqualTo(page.items().size());
      return idsOf(page);
    }
  }

  @Nested
  class Purge {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void removesEverythingInPieces(int limit) {
      Namespace namespace = catalogue().addNamespace();
      ImageId image = catalogue().addImage(namespace, "app");
      Blob config = catalogue().addBlob(image, 1);
      Blob layer = catalogue().addBlob(image, 10);
      Manifest child = catalogue().push(image, aManifest().config(config).layers(layer).build());
      Manifest index =
          catalogue().push(image, anIndex().children(child, aManifest().build()).build(), "latest");
      Manifest signature = catalogue().push(image, aManifest().subject(index).build(), "signed");
      Upload upload = anUpload(image);
      ImageId other = catalogue().addImage(namespace, "other");
      catalogue().push(other, aManifest().layers(catalogue().addBlob(other, layer)).build(), "1");
      delete(image);

      int calls = 0;
      while (!catalogue().transaction(() -> images().purge(image, limit))) {
        assertThat(calls++).isLessThan(100);
      }

      assertThat(find(image)).isEmpty();
      assertThat(catalogue().transaction(() -> images().purge(image, limit))).isTrue();
      assertThat(catalogue().transaction(() -> catalogue().uploads().find(image, upload.id())))
          .isEmpty();
      assertThat(
              catalogue()
                  .transaction(() -> catalogue().manifests().find(image, signature.digest())))
          .isEmpty();
      assertThat(catalogue().transaction(() -> catalogue().links().find(image, layer.digest())))
          .isEmpty();
      assertThat(catalogue().namespace(namespace.id()).usage())
          .isEqualTo(new Usage(new ByteSize(10), 1));
      assertThat(catalogue().transaction(() -> catalogue().links().find(other, layer.digest())))
          .contains(layer);
    }

    @Test
    void keepsSizeAndCountUntilTheImageIsGone() {
      Namespace namespace = catalogue().addNamespace();
      ImageId image = catalogue().addImage(namespace, "app");
      catalogue().push(image, aManifest().layers(catalogue().addBlob(image, 10)).build(), "1");
      delete(image);

      assertThat(catalogue().transaction(() -> images().purge(image, 1))).isFalse();

      assertThat(catalogue().namespace(namespace.id()).usage())
          .isEqualTo(new Usage(new ByteSize(10), 1));
    }

    @Test
    void removesOneThatWasNeverPublished() {
      Namespace namespace = catalogue().addNamespace();
      ImageId image = catalogue().addImage(namespace, "app");
      catalogue().run(() -> images().deleteAll(namespace.id(), LATER));

      assertThat(anyIn(namespace)).isTrue();
      assertThat(catalogue().transaction(() -> images().purge(image, 10))).isTrue();
      assertThat(anyIn(namespace)).isFalse();
      assertThat(catalogue().namespace(namespace.id()).usage()).isEqualTo(Usage.NOTHING);
    }

    @Test
    void claimsWhatIsBeingDeletedUntilItIsGone() {
      ImageId image = catalogue().publishImage(catalogue().addNamespace(), "app");
      ImageId usable = catalogue().publishImage(catalogue().addNamespace(), "app");
      delete(image);

      int calls = 0;
      while (claimAndPurge()) assertThat(calls++).isLessThan(1000);

      assertThat(find(image)).isEmpty();
      assertThat(find(usable)).isPresent();
    }

    private boolean claimAndPurge() {
      return catalogue()
          .transaction(
              () -> {
                Optional<ImageId> claim = images().claimDeleting();
                claim.ifPresent(id -> images().purge(id, 1000));
                return claim.isPresent();
              });
    }

    private Upload anUpload(ImageId image) {
      Upload upload =
          Upload.start(new UploadId(UUID.randomUUID()), image, new StorageKey(UUID.randomUUID()));
      catalogue().run(() -> catalogue().uploads().add(upload, Duration.ofHours(1)));
      return upload;
    }

    private boolean anyIn(Namespace namespace) {
      return catalogue().transaction(() -> images().anyIn(namespace.id()));
    }
  }

  private ImageRepository images() {
    return catalogue().images();
  }

  private Optional<Image> find(ImageId id) {
    return catalogue().transaction(() -> images().find(REGION, id));
  }

  private void touch(ImageId id, long sizeChange, Instant now) {
    catalogue().run(() -> images().touch(id, sizeChange, now));
  }

  private void delete(ImageId id) {
    catalogue().run(() -> images().update(catalogueImage(id).delete(LATER)));
  }

  private Image catalogueImage(ImageId id) {
    return images().find(REGION, id).orElseThrow();
  }

  private Page<Image> list(ImageFilter filter) {
    return list(filter, ImageOrder.CREATED_AT_ASC, PageRequest.first());
  }

  private Page<Image> list(ImageFilter filter, ImageOrder order, PageRequest page) {
    return catalogue().transaction(() -> images().list(filter, order, page));
  }

  private static ImageFilter filter(ProjectId project) {
    return new ImageFilter(REGION, Set.of(project), Optional.empty(), Optional.empty());
  }

  private static List<ImageId> idsOf(Page<Image> page) {
    return page.items().stream().map(Image::id).toList();
  }
}
