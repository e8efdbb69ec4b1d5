package io.gantry.domain.pull;

import static io.gantry.domain.Catalogue.REGION;
import static io.gantry.domain.Catalogue.START;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.Repository;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.namespace.NamespaceName;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.tag.Reference;
import io.gantry.domain.tag.TagName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link PullQueries} finds, without a transaction. */
public abstract class PullQueriesContract extends PullScene {
  private static final Duration LEASE = Duration.ofHours(1);

  @Nested
  class OfAManifest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findsTheExactBytesWithTheRepository(boolean byTag) {
      Place place = aPlace();
      Manifest pushed = catalogue().push(place.image(), aManifest().build(), "v1");
      Reference reference = byTag ? tag("v1") : digest(pushed);

      assertThat(manifest(place.path(), reference))
          .contains(new Found<>(repository(place), Optional.of(whole(pushed))));
    }

    @Test
    void leavesOutTheBytesOfALargerOneThanAskedFor() {
      Place place = aPlace();
      Manifest pushed = catalogue().push(place.image(), aManifest().build(), "v1");
      var wanted = new WantedManifest(REGION, place.path(), tag("v1"));
      int size = pushed.bytes().size();

      assertThat(contents(List.of(wanted), size)).containsExactly(whole(pushed));
      assertThat(contents(List.of(wanted), size - 1))
          .containsExactly(new FoundManifest(whole(pushed).summary(), Optional.empty()));
    }

    @Test
    void findsEachOfSeveralWhateverTheOthersAre() {
      Place place = aPlace();
      Place other = aPlace();
      Manifest pushed = catalogue().push(place.image(), aManifest().build(), "v1");
      Manifest moved = catalogue().push(other.image(), aManifest().build(), "v1");
      RepositoryPath nowhere = RepositoryPath.parse("not-there/app");
      var byTag = new WantedManifest(REGION, place.path(), tag("v1"));
      var byDigest = new WantedManifest(REGION, place.path(), digest(pushed));
      var ofOther = new WantedManifest(REGION, other.path(), tag("v1"));
      var absent = new WantedManifest(REGION, other.path(), digest(pushed));
      var noImage = new WantedManifest(REGION, path(place.namespace(), "no"), tag("v1"));
      var noNamespace = new WantedManifest(REGION, nowhere, tag("v1"));
      var noRegion = new WantedManifest(new Region("nl-ams"), place.path(), tag("v1"));

      Map<WantedManifest, Found<FoundManifest>> found =
          find(List.of(noNamespace, byTag, absent, ofOther, noImage, byDigest, noRegion), MANY);

      assertThat(found).containsOnlyKeys(byTag, byDigest, ofOther, absent, noImage);
      var inPlace = new Found<>(repository(place), Optional.of(whole(pushed)));
      assertThat(found).containsEntry(byTag, inPlace).containsEntry(byDigest, inPlace);
      assertThat(found)
          .containsEntry(ofOther, new Found<>(repository(other), Optional.of(whole(moved))))
          .containsEntry(absent, new Found<>(repository(other), Optional.empty()));
      assertThat(requireNonNull(found.get(noImage)).repository().image()).isEmpty();
      assertThat(requireNonNull(found.get(noImage)).content()).isEmpty();
    }

    @Test
    void findsNothingOfNothing() {
      assertThat(find(List.of(), MANY)).isEmpty();
    }

    @Test
    void findsNoneOfAnotherImage() {
      Place place = aPlace();
      Manifest pushed = catalogue().push(aPlace().image(), aManifest().build(), "v1");

      for (Reference reference : List.of(tag("v1"), digest(pushed))) {
        assertThat(manifest(place.path(), reference))
            .contains(new Found<>(repository(place), Optional.empty()));
      }
    }

    @Test
    void findsTheNamespaceWithoutTheImage() {
      Place place = aPlace();

      Found<FoundManifest> found = manifest(path(place.namespace(), "other"), tag("v1")).get();

      assertThat(found.repository().namespace()).isEqualTo(place.namespace().id());
      assertThat(found.repository().image()).isEmpty();
      assertThat(found.content()).isEmpty();
    }

    @Test
    void findsNothingWithoutTheNamespace() {
      Place place = aPlace();
      RepositoryPath elsewhere =
          new RepositoryPath(new NamespaceName("not-there"), place.path().image());

      assertThat(manifest(elsewhere, tag("v1"))).isEmpty();
      assertThat(
              find(
                  List.of(new WantedManifest(new Region("nl-ams"), place.path(), tag("v1"))), MANY))
          .isEmpty();
    }

    @Test
    void findsNothingOfAnImageThatIsBeingDeleted() {
      Place place = aPlace();
      var _ = catalogue().push(place.image(), aManifest().build(), "v1");
      Image image = catalogue().image(place.image());

      catalogue().run(() -> catalogue().images().update(image.delete(START)));

      Found<FoundManifest> found = manifest(place.path(), tag("v1")).get();
      assertThat(found.repository().image()).isEmpty();
      assertThat(found.content()).isEmpty();
    }

    private Reference tag(String name) {
      return new Reference.ByTag(new TagName(name));
    }

    private Reference digest(Manifest manifest) {
      return new Reference.ByDigest(manifest.digest());
    }

    private Optional<Found<FoundManifest>> manifest(RepositoryPath path, Reference reference) {
      var wanted = new WantedManifest(REGION, path, reference);
      return Optional.ofNullable(find(List.of(wanted), MANY).get(wanted));
    }

    private Map<WantedManifest, Found<FoundManifest>> find(List<WantedManifest> wanted, long most) {
      return read(() -> pulls().manifests(wanted, most));
    }

    private List<FoundManifest> contents(List<WantedManifest> wanted, long most) {
      return find(wanted, most).values().stream().flatMap(one -> one.content().stream()).toList();
    }

    private FoundManifest whole(Manifest pushed) {
      return new FoundManifest(
          new ManifestSummary(pushed.digest(), pushed.mediaType(), pushed.bytes().size()),
          Optional.of(pushed.bytes()));
    }

    private Repository repository(Place place) {
      return catalogue()
          .transaction(() -> catalogue().images().resolve(REGION, place.path()))
          .orElseThrow();
    }
  }

  @Nested
  class OfABlob {
    @Test
    void findsItAndWhetherItsLeaseEndsSoon() {
      Place place = aPlace();
      Blob blob = catalogue().addBlob(place.image(), 3);

      assertThat(find(place, blob, LEASE)).contains(new LinkedBlob(blob, false));
      assertThat(find(place, blob, LEASE.multipliedBy(3))).contains(new LinkedBlob(blob, true));
    }

    @Test
    void findsNoneOfAnotherImage() {
      Place place = aPlace();
      Blob blob = catalogue().addBlob(aPlace().image(), 3);

      assertThat(find(place, blob, LEASE)).isEmpty();
    }

    @Test
    void findsNothingWithoutTheNamespace() {
      RepositoryPath elsewhere = RepositoryPath.parse("not-there/app");
      Digest digest = Digest.of(DigestAlgorithm.SHA256, new byte[0]);

      assertThat(find(List.of(new WantedBlob(REGION, elsewhere, digest)), LEASE)).isEmpty();
    }

    @Test
    void findsEachOfSeveralWhateverTheOthersAre() {
      Place place = aPlace();
      Place other = aPlace();
      Blob blob = catalogue().addBlob(place.image(), 3);
      Blob elsewhere = catalogue().addBlob(other.image(), 4);
      var here = new WantedBlob(REGION, place.path(), blob.digest());
      var there = new WantedBlob(REGION, other.path(), elsewhere.digest());
      var absent = new WantedBlob(REGION, place.path(), elsewhere.digest());
      var nowhere = new WantedBlob(REGION, RepositoryPath.parse("not-there/app"), blob.digest());

      Map<WantedBlob, Found<LinkedBlob>> found = find(List.of(here, nowhere, absent, there), LEASE);

      assertThat(found).containsOnlyKeys(here, there, absent);
      assertThat(requireNonNull(found.get(here)).content()).contains(new LinkedBlob(blob, false));
      assertThat(requireNonNull(found.get(there)).content())
          .contains(new LinkedBlob(elsewhere, false));
      assertThat(requireNonNull(found.get(absent)).content()).isEmpty();
      assertThat(requireNonNull(found.get(absent)).repository())
          .isEqualTo(requireNonNull(found.get(here)).repository());
    }

    private Optional<LinkedBlob> find(Place place, Blob blob, Duration lease) {
      var wanted = new WantedBlob(REGION, place.path(), blob.digest());
      return requireNonNull(find(List.of(wanted), lease).get(wanted)).content();
    }

    private Map<WantedBlob, Found<LinkedBlob>> find(List<WantedBlob> wanted, Duration lease) {
      return read(() -> pulls().blobs(wanted, lease));
    }
  }
}
