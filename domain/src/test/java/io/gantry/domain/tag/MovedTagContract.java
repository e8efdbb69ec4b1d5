package io.gantry.domain.tag;

import static io.gantry.domain.Catalogue.START;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static io.gantry.domain.manifest.ManifestBuilder.anIndex;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.namespace.Usage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link PushIntake} does with tags that pointed at something else before. */
public abstract class MovedTagContract extends PushScene {

  @Nested
  class Takes {
    @Test
    void aTagThatMovesOn() {
      Manifest before = aManifest().layers(five).build();
      SimplePush first = push(before, "v1", START);
      take(first);
      Manifest after = aManifest().layers(seven).build();
      SimplePush second = push(after, "v1");

      assertThat(take(second)).containsExactly(second.id());
      assertThat(tag(image, "v1"))
          .contains(new Tag(first.id(), image, new TagName("v1"), after.digest(), START, NOW));
      assertThat(find(image, before)).isPresent();
      assertThat(catalogue().sizeOf(image)).isEqualTo(7);
      assertThat(usage()).isEqualTo(new Usage(new ByteSize(7), 1));
    }

    @Test
    void aTagThatMovesOnBetweenManifestsThatShareLayers() {
      take(push(aManifest().config(config).layers(five).build(), "v1"));
      take(push(aManifest().config(config).layers(five, seven).build(), "v1"));
      assertThat(catalogue().sizeOf(image)).isEqualTo(12);

      take(push(aManifest().config(config).layers(five).build(), "v1"));
      assertThat(catalogue().sizeOf(image)).isEqualTo(5);
      catalogue().untag(image, "v1");
      assertThat(catalogue().sizeOf(image)).isZero();
    }

    @Test
    void aTagThatMovesAwayFromWhatHasAnotherTag() {
      Manifest before = aManifest().layers(five).build();
      take(push(before, "v1"));
      take(push(before, "v2"));

      assertThat(take(push(aManifest().layers(seven).build(), "v1"))).hasSize(1);
      assertThat(catalogue().sizeOf(image)).isEqualTo(12);
    }

    @Test
    void aTagThatMovesAwayFromWhatAnIndexLeadsTo() {
      Manifest before = aManifest().layers(five).build();
      take(push(before, "v1"));
      catalogue().push(image, anIndex().children(before).build(), "index");

      assertThat(take(push(aManifest().layers(seven).build(), "v1"))).hasSize(1);
      assertThat(catalogue().sizeOf(image)).isEqualTo(12);
      catalogue().untag(image, "index");
      assertThat(catalogue().sizeOf(image)).isEqualTo(7);
    }

    @Test
    void aTagThatMovesAwayFromTheReferrerOfWhatIsReachable() {
      Manifest subject = aManifest().layers(five).build();
      catalogue().push(image, subject, "v1");
      catalogue().push(image, aManifest().subject(subject).layers(seven).build(), "signature");

      assertThat(take(push(aManifest().build(), "signature"))).hasSize(1);
      assertThat(catalogue().sizeOf(image)).isEqualTo(12);
    }

    @Test
    void severalTagsThatMoveAwayFromTheSame() {
      Manifest before = aManifest().layers(five).build();
      take(push(before, "v1"));
      take(push(before, "v2"));

      assertThat(
              take(
                  push(aManifest().layers(seven).build(), "v1"),
                  push(aManifest().layers(seven).build(), "v2")))
          .hasSize(2);
      assertThat(catalogue().sizeOf(image)).isEqualTo(7);
    }

    @Test
    void tagsThatChangePlaces() {
      Manifest one = aManifest().layers(five).build();
      Manifest two = aManifest().layers(seven).build();
      take(push(one, "v1"), push(two, "v2"));
      SimplePush back = push(one, "v2", NOW.plusSeconds(1));

      assertThat(take(push(one, "v3"), push(two, "v1"))).hasSize(2);
      assertThat(take(back)).containsExactly(back.id());
      assertThat(tag(image, "v2").orElseThrow().digest()).isEqualTo(one.digest());
      assertThat(catalogue().sizeOf(image)).isEqualTo(12);
    }

    @Test
    void anotherTagForWhatLosesItsOwn() {
      Manifest before = aManifest().layers(five).build();
      take(push(before, "v1"));

      var _ = take(push(before, "v2"), push(aManifest().layers(seven).build(), "v1"));
      assertThat(tag(image, "v2").orElseThrow().digest()).isEqualTo(before.digest());
      assertThat(catalogue().sizeOf(image)).isEqualTo(12);
    }
  }

  @Nested
  class LeavesAlone {
    @Test
    void aTagOfAManifestThatLeadsToOthers() {
      Manifest child = aManifest().layers(five).build();
      catalogue().push(image, child);
      catalogue().push(image, anIndex().children(child).build(), "index");
      Manifest subject = aManifest().layers(seven).build();
      catalogue().push(image, subject, "signed");
      catalogue().push(image, aManifest().subject(subject).build());

      assertNotTaken(push(aManifest().layers(seven).build(), "index"));
      assertNotTaken(push(aManifest().layers(five).build(), "signed"));
      assertThat(catalogue().sizeOf(image)).isEqualTo(12);
    }

    @Test
    void aTagOfAnotherImageInPeace() {
      ImageId other = catalogue().addImage(namespace, "other");
      catalogue().push(other, aManifest().build(), "v1");

      assertThat(take(push(aManifest().layers(five).build(), "v1"))).hasSize(1);
    }
  }
}
