package io.gantry.domain.tag;

import static io.gantry.domain.Catalogue.REGION;
import static io.gantry.domain.Catalogue.START;
import static io.gantry.domain.Catalogue.newTag;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.Catalogue;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link TagRepository} does. */
public abstract class TagRepositoryContract {
  private static final Instant LATER = START.plusSeconds(60);

  protected abstract Catalogue catalogue();

  @Nested
  class Put {
    @Test
    void addsATag() {
      ImageId image = catalogue().addImage();
      Digest digest = aStoredManifest(image);
      Tag tag = new Tag(newTag(), image, new TagName("latest"), digest, START, START);

      Optional<Digest> before = put(image, "latest", digest, tag.id(), START);

      assertThat(before).isEmpty();
      assertThat(find(tag.id())).contains(tag);
      assertThat(findByName(image, "latest")).contains(tag);
    }

    @Test
    void movesATagKeepingIdAndCreationTime() {
      ImageId image = catalogue().addImage();
      Digest first = aStoredManifest(image);
      Digest second = aStoredManifest(image);
      TagId id = newTag();
      var _ = put(image, "latest", first, id, START);

      Optional<Digest> before = put(image, "latest", second, newTag(), LATER);

      assertThat(before).contains(first);
      assertThat(findByName(image, "latest"))
          .contains(new Tag(id, image, new TagName("latest"), second, START, LATER));
    }

    @Test
    void isSeenInTheSameTransaction() {
      ImageId image = catalogue().addImage();
      Digest first = aStoredManifest(image);
      Digest second = aStoredManifest(image);
      TagName name = new TagName("latest");
      var _ = put(image, "latest", first, newTag(), START);

      Optional<Tag> seen =
          catalogue()
              .transaction(
                  () -> {
                    var _ = tags().findByName(image, name);
                    var _ = tags().put(image, name, second, newTag(), LATER);
                    return tags().findByName(image, name);
                  });

      assertThat(seen.map(Tag::digest)).contains(second);
    }

    @Test
    void refusesAManifestThatTheImageDoesNotHave() {
      ImageId image = catalogue().addImage();
      Digest elsewhere = aStoredManifest(catalogue().addImage());

      assertThatThrownBy(() -> put(image, "latest", elsewhere, newTag(), START))
          .isInstanceOfSatisfying(
              RegistryException.class,
              e ->
                  assertThat(e.error())
                      .isEqualTo(new NotFound(ResourceType.MANIFEST, elsewhere.toString())));
    }

    @Test
    void keepsTagsOfDifferentImagesApart() {
      ImageId one = catalogue().addImage();
      ImageId two = catalogue().addImage();
      var _ = put(one, "latest", aStoredManifest(one), newTag(), START);

      assertThat(findByName(two, "latest")).isEmpty();
    }
  }

  @Nested
  class Find {
    @Test
    void findsNothingUnderAnUnknownId() {
      assertThat(find(newTag())).isEmpty();
    }

    @Test
    void findsNothingInAnotherRegion() {
      Tag tag = aTag(catalogue().addImage(), "latest");

      assertThat(catalogue().transaction(() -> tags().find(new Region("nl-ams"), tag.id())))
          .isEmpty();
    }

    @Test
    void findsNothingInAnImageThatIsBeingDeleted() {
      ImageId image = catalogue().publishImage(catalogue().addNamespace(), "app");
      Tag tag = aTag(image, "latest");

      catalogue().run(() -> catalogue().images().update(deleted(image)));

      assertThat(find(tag.id())).isEmpty();
    }

    @Test
    void needsNoTransaction() {
      ImageId image = catalogue().addImage();
      Tag tag = aTag(image, "latest");

      catalogue()
          .withoutTransaction(
              () -> {
                assertThat(tags().find(REGION, tag.id())).contains(tag);
                assertThat(tags().findByName(image, tag.name())).contains(tag);
                assertThat(tags().countTo(image, tag.digest())).isEqualTo(1);
                assertThat(
                        tags()
                            .list(image, Optional.empty(), TagOrder.NAME_ASC, PageRequest.first())
                            .items())
                    .containsExactly(tag);
              });
    }

    private Image deleted(ImageId image) {
      return catalogue().images().find(REGION, image).orElseThrow().delete(LATER);
    }
  }

  @Nested
  class Remove {
    @Test
    void removesOneTagAndOnlyThat() {
      ImageId image = catalogue().addImage();
      Digest digest = aStoredManifest(image);
      var _ = put(image, "a", digest, newTag(), START);
      var _ = put(image, "b", digest, newTag(), START);

      catalogue().run(() -> tags().remove(image, new TagName("a")));
      catalogue().run(() -> tags().remove(image, new TagName("a")));

      assertThat(findByName(image, "a")).isEmpty();
      assertThat(findByName(image, "b")).isPresent();
    }

    @Test
    void removesAllTagsToOneManifest() {
      ImageId image = catalogue().addImage();
      Digest digest = aStoredManifest(image);
      var _ = put(image, "a", digest, newTag(), START);
      var _ = put(image, "b", digest, newTag(), START);
      var _ = aTag(image, "c");
      assertThat(count(image, digest)).isEqualTo(2);

      catalogue().run(() -> tags().removeAllTo(image, digest));

      assertThat(count(image, digest)).isZero();
      assertThat(findByName(image, "a")).isEmpty();
      assertThat(findByName(image, "c")).isPresent();
    }

    private long count(ImageId image, Digest digest) {
      return catalogue().transaction(() -> tags().countTo(image, digest));
    }
  }

  @Nested
  class Listing {
    @Test
    void listsOnlyTheOneNamed() {
      ImageId image = catalogue().addImage();
      Tag wanted = aTag(image, "wanted");
      var _ = aTag(image, "other");

      Page<Tag> page =
          catalogue()
              .transaction(
                  () ->
                      tags()
                          .list(
                              image,
                              Optional.of(wanted.name()),
                              TagOrder.NAME_ASC,
                              PageRequest.first()));

      assertThat(page).isEqualTo(new Page<>(List.of(wanted), 1));
    }

    @Test
    void isEmptyWithTheTotalPastTheEnd() {
      ImageId image = catalogue().addImage();
      var _ = aTag(image, "one");

      for (int number : new int[] {2, 50, Integer.MAX_VALUE}) {
        assertThat(list(image, TagOrder.NAME_ASC, new PageRequest(number, 100)))
            .isEqualTo(new Page<>(List.of(), 1));
      }
    }

    @ParameterizedTest
    @EnumSource
    void pagesInEveryOrderNeitherOverlapNorLeaveOut(TagOrder order) {
      ImageId image = catalogue().addImage();
      List<Tag> added = new ArrayList<>();
      for (int i = 0; i < 7; i++) added.add(aTag(image, "t" + i));

      List<Tag> seen = new ArrayList<>();
      for (int number = 1; number <= 4; number++) {
        Page<Tag> page = list(image, order, new PageRequest(number, 2));
        assertThat(page.totalCount()).isEqualTo(7);
        seen.addAll(page.items());
      }

      assertThat(seen).containsExactlyInAnyOrderElementsOf(added);
    }

    @ParameterizedTest
    @EnumSource
    void sortsByWhatTheOrderSays(TagOrder order) {
      ImageId image = catalogue().addImage();
      Digest digest = aStoredManifest(image);
      var _ = put(image, "b", digest, newTag(), START);
      var _ = put(image, "B", digest, newTag(), START.plusSeconds(2));
      var _ = put(image, "_", digest, newTag(), START.plusSeconds(1));

      List<Tag> tags = list(image, order, PageRequest.first()).items();

      switch (order) {
        case CREATED_AT_ASC, STATUS_ASC, REGION ->
            assertThat(tags).extracting(Listing::name).containsExactly("b", "_", "B");
        case CREATED_AT_DESC, STATUS_DESC ->
            assertThat(tags).extracting(Listing::name).containsExactly("B", "_", "b");
        case NAME_ASC -> assertThat(tags).extracting(Listing::name).containsExactly("B", "_", "b");
        case NAME_DESC -> assertThat(tags).extracting(Listing::name).containsExactly("b", "_", "B");
      }
    }

    private static String name(Tag tag) {
      return tag.name().value();
    }

    private Page<Tag> list(ImageId image, TagOrder order, PageRequest page) {
      return catalogue().transaction(() -> tags().list(image, Optional.empty(), order, page));
    }
  }

  private TagRepository tags() {
    return catalogue().tags();
  }

  private Digest aStoredManifest(ImageId image) {
    Manifest manifest = aManifest().build();
    catalogue()
        .run(() -> catalogue().manifests().add(image, manifest, Catalogue.WHOLE_IMAGES, START));
    return manifest.digest();
  }

  private Tag aTag(ImageId image, String name) {
    var _ = put(image, name, aStoredManifest(image), newTag(), START);
    return findByName(image, name).orElseThrow();
  }

  private Optional<Digest> put(ImageId image, String tag, Digest digest, TagId id, Instant now) {
    return catalogue().transaction(() -> tags().put(image, new TagName(tag), digest, id, now));
  }

  private Optional<Tag> find(TagId id) {
    return catalogue().transaction(() -> tags().find(REGION, id));
  }

  private Optional<Tag> findByName(ImageId image, String name) {
    return catalogue().transaction(() -> tags().findByName(image, new TagName(name)));
  }
}
