package io.gantry.domain.tag;

import static io.gantry.domain.Catalogue.START;
import static io.gantry.domain.manifest.ManifestBuilder.aBlob;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static io.gantry.domain.manifest.ManifestBuilder.anIndex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.Catalogue;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.StoredManifest;
import io.gantry.domain.namespace.Usage;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link PushIntake} does with manifests whose tags point nowhere else. */
public abstract class PushIntakeContract extends PushScene {

  @Nested
  class Takes {
    @Test
    void theManifestAndItsTag() {
      Manifest manifest =
          aManifest().config(config).layers(five).artifactType("application/x").build();
      SimplePush push = push(manifest, "v1");

      assertThat(take(push)).containsExactly(push.id());
      assertThat(find(image, manifest))
          .contains(new StoredManifest(manifest.digest(), manifest.mediaType(), manifest.bytes()));
      assertThat(tag(image, "v1"))
          .contains(new Tag(push.id(), image, new TagName("v1"), manifest.digest(), NOW, NOW));
    }

    @Test
    void sizeCountAndTimesOfImageAndNamespace() {
      take(push(aManifest().config(config).layers(five, seven, five).build(), "v1"));

      Image stored = catalogue().image(image);
      assertThat(stored.size()).isEqualTo(new ByteSize(12));
      assertThat(stored.createdAt()).isEqualTo(START);
      assertThat(stored.updatedAt()).isEqualTo(NOW);
      assertThat(stored.tags()).containsExactly("v1");
      assertThat(usage()).isEqualTo(new Usage(new ByteSize(12), 1));
      assertThat(catalogue().namespace(namespace.id()).updatedAt()).isEqualTo(NOW);
    }

    @Test
    void anImageThatIsPublishedAlreadyWithoutCountingItAgain() {
      catalogue().push(image, aManifest().layers(five).build(), "v1");

      take(push(aManifest().layers(five, seven).build(), "v2"));

      assertThat(catalogue().sizeOf(image)).isEqualTo(12);
      assertThat(usage()).isEqualTo(new Usage(new ByteSize(12), 1));
    }

    @Test
    void severalOfOneImageThatShareLayers() {
      SimplePush one = push(aManifest().config(config).layers(five).build(), "one");
      SimplePush two = push(aManifest().config(config).layers(five, seven).build(), "two");
      SimplePush three = push(aManifest().layers(seven).build(), "three");

      assertThat(take(one, two, three)).containsExactlyInAnyOrder(one.id(), two.id(), three.id());
      assertThat(catalogue().sizeOf(image)).isEqualTo(12);
      assertThat(usage()).isEqualTo(new Usage(new ByteSize(12), 1));

      catalogue().untag(image, "two");
      assertThat(catalogue().sizeOf(image)).isEqualTo(12);
      catalogue().untag(image, "three");
      assertThat(catalogue().sizeOf(image)).isEqualTo(5);
      catalogue().untag(image, "one");
      assertThat(catalogue().sizeOf(image)).isZero();
    }

    @Test
    void theLatestTimeOfSeveral() {
      SimplePush late = push(aManifest().build(), "late", NOW.plusSeconds(1));

      take(push(aManifest().build(), "one"), late, push(aManifest().build(), "other"));

      assertThat(catalogue().image(image).updatedAt()).isEqualTo(late.pushedAt());
      assertThat(tag(image, "one").orElseThrow().updatedAt()).isEqualTo(NOW);
    }

    @Test
    void severalImagesOfSeveralNamespaces() {
      ImageId sibling = catalogue().addImage(namespace, "sibling");
      ImageId elsewhere = catalogue().addImage();
      Blob theirs = catalogue().addBlob(sibling, 11);
      catalogue().addBlob(elsewhere, theirs);

      take(
          push(aManifest().layers(five).build(), "v1"),
          push(sibling, aManifest().layers(theirs).build(), "v1"),
          push(elsewhere, aManifest().layers(theirs).build(), "v1"));

      assertThat(catalogue().sizeOf(image)).isEqualTo(5);
      assertThat(catalogue().sizeOf(sibling)).isEqualTo(11);
      assertThat(catalogue().sizeOf(elsewhere)).isEqualTo(11);
      assertThat(usage()).isEqualTo(new Usage(new ByteSize(16), 2));
    }

    @Test
    void oneManifestForSeveralImages() {
      ImageId other = catalogue().addImage(namespace, "other");
      catalogue().addBlob(other, five);
      Manifest manifest = aManifest().layers(five).build();

      assertThat(take(push(manifest, "v1"), push(other, manifest, "v1"))).hasSize(2);
    }

    @Test
    void theBlobsAsWhatMustStay() {
      take(push(aManifest().config(config).layers(five).build(), "v1"));

      for (Blob blob : List.of(config, five)) {
        assertThatThrownBy(
                () -> catalogue().run(() -> catalogue().links().remove(image, blob.digest())))
            .isInstanceOf(RegistryException.class);
      }
    }

    @Test
    void aLayerThatIsTheConfigurationToo() {
      take(push(aManifest().config(five).layers(five).build(), "v1"));

      assertThat(catalogue().sizeOf(image)).isEqualTo(5);
    }

    @Test
    void whatIsThereAlready() {
      Manifest manifest = aManifest().layers(five).build();
      take(push(manifest, "v1", START));

      assertThat(take(push(manifest, "v1"))).hasSize(1);
      assertThat(tag(image, "v1").orElseThrow().updatedAt()).isEqualTo(NOW);
      assertThat(catalogue().image(image).updatedAt()).isEqualTo(NOW);
      assertThat(take(push(manifest, "v2"))).hasSize(1);
      assertThat(catalogue().image(image).tags()).containsExactlyInAnyOrder("v1", "v2");
      assertThat(catalogue().sizeOf(image)).isEqualTo(5);
    }

    @Test
    void aManifestWithoutBlobs() {
      take(push(anIndex().build(), "v1"));

      assertThat(catalogue().sizeOf(image)).isZero();
      assertThat(usage().imageCount()).isEqualTo(1);
    }
  }

  @Nested
  class LeavesAlone {
    @Test
    void whatCannotBeTakenWhileOthersAre() {
      SimplePush good = push(aManifest().layers(five).build(), "good");

      assertThat(take(push(aManifest().layers(aBlob(5)).build(), "bad"), good))
          .containsExactly(good.id());
      assertThat(catalogue().sizeOf(image)).isEqualTo(5);
      assertThat(catalogue().image(image).tags()).containsExactly("good");
    }

    @Test
    void anImageThatIsNotThere() {
      ImageId absent = new ImageId(UUID.randomUUID());

      assertThat(take(push(absent, aManifest().build(), "v1"))).isEmpty();
    }

    @Test
    void anImageThatIsBeingDeleted() {
      catalogue().push(image, aManifest().layers(five).build(), "v1");
      catalogue()
          .run(
              () ->
                  catalogue()
                      .images()
                      .update(
                          catalogue()
                              .images()
                              .find(Catalogue.REGION, image)
                              .orElseThrow()
                              .delete(START)));

      assertNotTaken(push(aManifest().layers(five).build(), "v2"));
    }

    @Test
    void aNamespaceThatIsBeingDeleted() {
      catalogue()
          .run(
              () ->
                  catalogue()
                      .namespaces()
                      .update(
                          catalogue()
                              .namespaces()
                              .find(Catalogue.REGION, namespace.id())
                              .orElseThrow()
                              .delete(START)));

      assertNotTaken(push(aManifest().layers(five).build(), "v1"));
    }

    @Test
    void aManifestThatNothingLeadsTo() {
      Manifest manifest = aManifest().layers(five).build();
      catalogue().push(image, manifest);

      assertThat(take(push(manifest, "v1"))).isEmpty();
      assertThat(tag(image, "v1")).isEmpty();
      assertThat(catalogue().sizeOf(image)).isZero();
    }

    @Test
    void oneOfTwoWithTheSameManifest() {
      Manifest manifest = aManifest().layers(five).build();

      assertThat(take(push(manifest, "one"), push(manifest, "two"))).hasSize(1);
      assertThat(catalogue().image(image).tags()).hasSize(1);
      assertThat(catalogue().sizeOf(image)).isEqualTo(5);
    }

    @Test
    void aManifestThatAnIndexWaitsFor() {
      Manifest child = aManifest().layers(five).build();
      catalogue().push(image, anIndex().children(child).build(), "index");

      assertNotTaken(push(child, "v1"));
      assertThat(catalogue().sizeOf(image)).isZero();
    }

    @Test
    void aManifestThatHasAReferrer() {
      Manifest subject = aManifest().layers(five).build();
      catalogue().push(image, aManifest().subject(subject).layers(seven).build());

      assertNotTaken(push(subject, "v1"));
      assertThat(catalogue().sizeOf(image)).isZero();
    }

    @Test
    void aBlobThatOnlyAnotherImageHas() {
      Blob elsewhere = catalogue().addBlob(catalogue().addImage(), 100);

      assertNotTaken(push(aManifest().config(config).layers(five, elsewhere).build(), "v1"));
      assertNotTaken(push(aManifest().config(elsewhere).layers(five).build(), "v1"));
    }

    @Test
    void aWrongSize() {
      assertNotTaken(push(aManifest().layer(five, 6).build(), "v1"));
      assertNotTaken(push(aManifest().layers(five).layer(five, 6).build(), "v1"));
    }
  }
}
