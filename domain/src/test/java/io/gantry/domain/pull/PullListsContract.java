package io.gantry.domain.pull;

import static io.gantry.domain.Catalogue.REGION;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.ManifestBuilder;
import io.gantry.domain.manifest.StoredManifest;
import io.gantry.domain.tag.TagName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every {@link PullQueries} lists: names of tags, and referrers. */
public abstract class PullListsContract extends PullScene {

  @Nested
  class OfTagNames {
    @Test
    void areInBytewiseOrderUpToTheLimit() {
      Place place = aPlaceTagged("b", "a", "B", "_", "1", "a.b", "a-b");

      assertThat(names(place, Optional.empty(), 100))
          .containsExactly("1", "B", "_", "a", "a-b", "a.b", "b");
      assertThat(names(place, Optional.empty(), 2)).containsExactly("1", "B");
      assertThat(names(place, Optional.empty(), 0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "a, a-b",
      "aa, b",
      "'', 1",
      "!, 1",
      "Z, _",
      "a\u0000, a-b",
      "\u0000, 1",
      "a\u0000z, a-b",
      "a\u00e9, b",
      "a\ud800, b",
      "'a~', b"
    })
    void goOnAfterAnyText(String last, String next) {
      Place place = aPlaceTagged("b", "a", "B", "_", "1", "a.b", "a-b");

      assertThat(names(place, Optional.of(last), 100)).startsWith(next);
    }

    @Test
    void endAfterTheLast() {
      Place place = aPlaceTagged("a", "b");

      assertThat(names(place, Optional.of("b"), 100)).isEmpty();
      assertThat(names(place, Optional.of("\uffff"), 100)).isEmpty();
    }

    @Test
    void areNoneOfAnImageWithoutTagsAndAbsentWithoutAnImage() {
      Place place = aPlaceTagged();

      assertThat(names(place, Optional.empty(), 100)).isEmpty();
      Found<List<TagName>> found =
          read(() -> pulls().tagNames(REGION, path(place.namespace(), "no"), Optional.empty(), 100))
              .orElseThrow();
      assertThat(found.content()).isEmpty();
    }

    private Place aPlaceTagged(String... tags) {
      Place place = aPlace();
      for (String tag : tags) {
        var _ = catalogue().push(place.image(), aManifest().build(), tag);
      }
      return place;
    }

    private List<String> names(Place place, Optional<String> last, int limit) {
      return read(() -> pulls().tagNames(REGION, place.path(), last, limit))
          .flatMap(Found::content)
          .orElseThrow()
          .stream()
          .map(TagName::value)
          .toList();
    }
  }

  @Nested
  class OfReferrers {
    @Test
    void areThoseOfTheSubjectWhetherOrNotItIsThere() {
      Place place = aPlace();
      Manifest subject = aManifest().build();
      Manifest signature = push(place, aManifest().subject(subject).artifactType("a/signature"));
      Manifest untyped = push(place, aManifest().subject(subject));
      var _ = push(place, aManifest().subject(signature));
      var _ = push(place, aManifest());
      var _ = push(aPlace(), aManifest().subject(subject));

      ReferrerPage page = page(place, all(subject));

      assertThat(page.more()).isFalse();
      assertThat(page.referrers())
          .containsExactlyElementsOf(sorted(referrer(signature), referrer(untyped)));
    }

    @Test
    void areOnlyThoseOfTheTypeThatIsAskedFor() {
      Place place = aPlace();
      Manifest subject = aManifest().build();
      Manifest signature = push(place, aManifest().subject(subject).artifactType("a/signature"));
      var _ = push(place, aManifest().subject(subject).artifactType("a/bom"));
      var _ = push(place, aManifest().subject(subject));

      assertThat(page(place, ofType(subject, "a/signature")).referrers())
          .containsExactly(referrer(signature));
      for (String other : List.of("a/signatur", "A/SIGNATURE", "a/signature\u0000", "\ud800")) {
        assertThat(page(place, ofType(subject, other)).referrers()).isEmpty();
      }
    }

    @Test
    void comeByPagesThatNeitherOverlapNorLeaveOut() {
      Place place = aPlace();
      Manifest subject = aManifest().build();
      List<Referrer> pushed = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        pushed.add(referrer(push(place, aManifest().subject(subject))));
      }

      List<Referrer> seen = new ArrayList<>();
      boolean more = true;
      while (more) {
        Optional<Digest> last =
            seen.isEmpty() ? Optional.empty() : Optional.of(seen.getLast().manifest().digest());
        ReferrerPage page =
            page(place, new ReferrerQuery(subject.digest(), Optional.empty(), last, 2, MANY));
        seen.addAll(page.referrers());
        more = page.more();
        assertThat(page.referrers()).hasSize(more ? 2 : 1);
      }

      assertThat(seen).containsExactlyElementsOf(sorted(pushed.toArray(Referrer[]::new)));
    }

    @Test
    void haveTogetherNoMoreBytesThanAskedForUnlessItIsOne() {
      Place place = aPlace();
      Manifest subject = aManifest().build();
      long size = push(place, aManifest().subject(subject)).bytes().size();
      for (int i = 0; i < 3; i++) push(place, aManifest().subject(subject));

      assertThat(page(place, upTo(subject, 2 * size))).satisfies(p -> requirePage(p, 2, true));
      assertThat(page(place, upTo(subject, 4 * size - 1))).satisfies(p -> requirePage(p, 3, true));
      assertThat(page(place, upTo(subject, 4 * size))).satisfies(p -> requirePage(p, 4, false));
      assertThat(page(place, upTo(subject, 1))).satisfies(p -> requirePage(p, 1, true));
    }

    @Test
    void areGoneWhenTheyAreDeletedAndStayWhenTheSubjectIs() {
      Place place = aPlace();
      Manifest subject = catalogue().push(place.image(), aManifest().build(), "v1");
      Manifest one = push(place, aManifest().subject(subject));
      Manifest two = push(place, aManifest().subject(subject));

      catalogue().delete(place.image(), one.digest());
      assertThat(page(place, all(subject)).referrers()).containsExactly(referrer(two));

      catalogue().delete(place.image(), subject.digest());
      assertThat(page(place, all(subject)).referrers()).containsExactly(referrer(two));
    }

    @Test
    void areAbsentWithoutAnImage() {
      Place place = aPlace();
      ReferrerQuery query = all(aManifest().build());

      assertThat(page(place, query).referrers()).isEmpty();
      assertThat(
              read(() -> pulls().referrers(REGION, path(place.namespace(), "no"), query))
                  .orElseThrow()
                  .content())
          .isEmpty();
      assertThat(read(() -> pulls().referrers(REGION, RepositoryPath.parse("no-one/app"), query)))
          .isEmpty();
    }

    private static void requirePage(ReferrerPage page, int size, boolean more) {
      assertThat(page.referrers()).hasSize(size);
      assertThat(page.more()).isEqualTo(more);
    }

    private static ReferrerQuery all(Manifest subject) {
      return upTo(subject, MANY);
    }

    private static ReferrerQuery upTo(Manifest subject, long bytes) {
      return new ReferrerQuery(subject.digest(), Optional.empty(), Optional.empty(), 100, bytes);
    }

    private static ReferrerQuery ofType(Manifest subject, String type) {
      return new ReferrerQuery(subject.digest(), Optional.of(type), Optional.empty(), 100, MANY);
    }

    private Manifest push(Place place, ManifestBuilder manifest) {
      return catalogue().push(place.image(), manifest.build());
    }

    private ReferrerPage page(Place place, ReferrerQuery query) {
      return read(() -> pulls().referrers(REGION, place.path(), query))
          .flatMap(Found::content)
          .orElseThrow();
    }

    private static Referrer referrer(Manifest manifest) {
      return new Referrer(
          new StoredManifest(manifest.digest(), manifest.mediaType(), manifest.bytes()),
          manifest.artifactType());
    }

    private static List<Referrer> sorted(Referrer... referrers) {
      return List.of(referrers).stream()
          .sorted(Comparator.comparing(one -> one.manifest().digest().toString()))
          .toList();
    }
  }
}
