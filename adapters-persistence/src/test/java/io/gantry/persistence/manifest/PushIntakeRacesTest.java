package io.gantry.persistence.manifest;

import static io.gantry.domain.Catalogue.REGION;
import static io.gantry.domain.Catalogue.START;
import static io.gantry.domain.manifest.ManifestBuilder.aBlob;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static io.gantry.domain.manifest.ManifestBuilder.anIndex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.Catalogue;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.error.RegistryError.PreconditionFailed;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.tag.PushIntake;
import io.gantry.domain.tag.SimplePush;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagId;
import io.gantry.domain.tag.TagName;
import io.gantry.persistence.AtOnce;
import io.gantry.persistence.OpenTransaction;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The short way of pushes beside the ordinary one, beside deletions, and beside itself. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class PushIntakeRacesTest {
  private static final int THREADS = 6;

  @Inject Catalogue catalogue;
  @Inject PushIntake intake;
  @Inject PostgresContent content;
  @Inject Recount recount;

  private Namespace namespace;
  private ImageId image;
  private Blob layer;

  @BeforeEach
  void arrange() {
    content.clear();
    namespace = catalogue.addNamespace();
    image = catalogue.addImage(namespace, "app");
    layer = catalogue.addBlob(image, 10);
  }

  @AfterEach
  void requireExact() {
    recount.requireExact();
  }

  @Test
  void seesWhatAnOrdinaryPushDidThatItWaitedFor() {
    Manifest theirs = aManifest().layers(layer).build();
    SimplePush sameManifest = push(theirs, "other");
    SimplePush free = push(aManifest().layers(layer).build(), "v2");
    try (var ordinary = open(() -> pushOrdinarily(theirs, "v1"))) {
      CompletableFuture<Set<TagId>> taking = AtOnce.start(() -> take(sameManifest, free));
      awaitBlocked();
      assertThat(ordinary.commit()).isEqualTo(theirs);

      assertThat(AtOnce.join(taking)).containsExactlyInAnyOrder(sameManifest.id(), free.id());
    }
    assertThat(catalogue.sizeOf(image)).isEqualTo(10);
  }

  @Test
  void takesWhatIsFreeBesideAnImageWhoseLockIsHeld() {
    ImageId other = addImageCountedApart();
    catalogue.addBlob(other, layer);
    SimplePush busy = push(aManifest().layers(layer).build(), "v1");
    SimplePush free = push(other, aManifest().layers(layer).build(), "v1");
    try (var ordinary = open(() -> pushOrdinarily(aManifest().layers(layer).build(), "v2"))) {
      assertThat(takeFree(busy, free))
          .isEqualTo(new PushIntake.Taken(Set.of(free.id()), Set.of(image)));
      var _ = ordinary.commit();
    }
    assertThat(takeFree(busy)).isEqualTo(new PushIntake.Taken(Set.of(busy.id()), Set.of()));
  }

  @Test
  void movesTheTagThatAnOrdinaryPushMadeThatItWaitedFor() {
    Blob other = catalogue.addBlob(image, 100);
    Manifest theirs = aManifest().layers(layer).build();
    SimplePush sameTag = push(aManifest().layers(other).build(), "v1");
    try (var ordinary = open(() -> pushOrdinarily(theirs, "v1"))) {
      CompletableFuture<Set<TagId>> taking = AtOnce.start(() -> take(sameTag));
      awaitBlocked();
      assertThat(ordinary.commit()).isEqualTo(theirs);

      assertThat(AtOnce.join(taking)).containsExactly(sameTag.id());
    }
    assertThat(catalogue.sizeOf(image)).isEqualTo(100);
  }

  @Test
  void isSeenByAnOrdinaryPushThatWaitedForIt() {
    SimplePush first = push(aManifest().layers(layer).build(), "v1");
    Blob other = catalogue.addBlob(image, 100);
    Manifest moved = aManifest().layers(other).build();
    try (var taking = open(() -> intake.take(List.of(first)))) {
      CompletableFuture<Manifest> ordinary = AtOnce.start(() -> catalogue.push(image, moved, "v1"));
      awaitBlocked();
      assertThat(taking.commit()).containsExactly(first.id());
      AtOnce.join(ordinary);
    }
    Tag tag =
        catalogue
            .transaction(() -> catalogue.tags().findByName(image, new TagName("v1")))
            .orElseThrow();
    assertThat(tag.id()).isEqualTo(first.id());
    assertThat(tag.digest()).isEqualTo(moved.digest());
    assertThat(catalogue.sizeOf(image)).isEqualTo(100);
  }

  @Test
  void doesNotTakeWhatListsALinkThatIsBeingRemovedFirst() {
    SimplePush losing = push(aManifest().layers(layer).build(), "v1");
    Blob other = catalogue.addBlob(image, 100);
    SimplePush good = push(aManifest().layers(other).build(), "v2");
    try (var removing = open(() -> catalogue.links().remove(image, layer.digest()))) {
      CompletableFuture<Set<TagId>> taking = AtOnce.start(() -> take(losing, good));
      awaitBlocked();
      assertThat(removing.commit()).isTrue();

      assertThat(AtOnce.join(taking)).containsExactly(good.id());
    }
    assertThat(catalogue.sizeOf(image)).isEqualTo(100);
  }

  @Test
  void keepsALinkThatSomebodyWouldRemoveAfterIt() {
    try (var taking =
        open(() -> intake.take(List.of(push(aManifest().layers(layer).build(), "v1"))))) {
      CompletableFuture<Boolean> removing =
          AtOnce.start(
              () -> catalogue.transaction(() -> catalogue.links().remove(image, layer.digest())));
      awaitBlocked();
      assertThat(taking.commit()).hasSize(1);

      assertThatThrownBy(() -> AtOnce.join(removing))
          .cause()
          .isInstanceOfSatisfying(
              RegistryException.class,
              e -> assertThat(e.error()).isInstanceOf(PreconditionFailed.class));
    }
  }

  @Test
  void takesNothingIntoANamespaceWhoseDeletionItWaitedFor() {
    ImageId elsewhere = catalogue.addImage();
    SimplePush good = push(elsewhere, anIndex().build(), "v1");
    try (var deleting = open(this::deleteNamespace)) {
      CompletableFuture<Set<TagId>> taking =
          AtOnce.start(() -> take(push(aManifest().layers(layer).build(), "v1"), good));
      awaitBlocked();
      assertThat(deleting.commit()).isTrue();

      assertThat(AtOnce.join(taking)).containsExactly(good.id());
    }
  }

  @Test
  void isWaitedForByTheDeletionOfItsNamespace() {
    try (var taking =
        open(() -> intake.take(List.of(push(aManifest().layers(layer).build(), "v1"))))) {
      CompletableFuture<Boolean> deleting =
          AtOnce.start(() -> catalogue.transaction(this::deleteNamespace));
      awaitBlocked();
      assertThat(taking.commit()).hasSize(1);

      assertThat(AtOnce.join(deleting)).isTrue();
    }
  }

  @Test
  void letsBlobsBeLinkedMeanwhile() {
    Blob other = aBlob(1);
    try (var taking =
        open(() -> intake.take(List.of(push(aManifest().layers(layer).build(), "v1"))))) {
      CompletableFuture<Blob> linking = AtOnce.start(() -> catalogue.addBlob(image, other));
      assertThat(AtOnce.join(linking)).isEqualTo(other);
      assertThat(taking.commit()).hasSize(1);
    }
  }

  /** As replicas do; with locks in any order, some would be given up. */
  @RepeatedTest(5)
  void groupsOverTheSameImagesWaitForEachOther() {
    List<ImageId> images =
        IntStream.range(0, 12).mapToObj(i -> catalogue.addImage(namespace, "many" + i)).toList();
    Blob shared = aBlob(3);
    images.forEach(one -> catalogue.addBlob(one, shared));

    List<Set<TagId>> taken =
        AtOnce.call(
            THREADS,
            thread -> {
              List<ImageId> order = new ArrayList<>(images);
              Collections.shuffle(order, new Random(thread));
              return take(
                  order.stream()
                      .map(one -> push(one, aManifest().layers(shared).build(), "v" + thread))
                      .toArray(SimplePush[]::new));
            });

    assertThat(taken).allSatisfy(ids -> assertThat(ids).hasSize(images.size()));
    assertThat(catalogue.namespace(namespace.id()).usage().size().bytes())
        .isEqualTo(3L * images.size());
  }

  private Manifest pushOrdinarily(Manifest manifest, String tag) {
    assertThat(catalogue.images().lockForPush(image)).isTrue();
    assertThat(catalogue.manifests().add(image, manifest, Catalogue.WHOLE_IMAGES, START)).isTrue();
    catalogue.point(image, Optional.of(new TagName(tag)), manifest, START);
    return manifest;
  }

  private boolean deleteNamespace() {
    Namespace locked = catalogue.namespaces().findLocked(REGION, namespace.id()).orElseThrow();
    catalogue.namespaces().update(locked.delete(START));
    catalogue.images().deleteAll(namespace.id(), START);
    return true;
  }

  private SimplePush push(Manifest manifest, String tag) {
    return push(image, manifest, tag);
  }

  private static SimplePush push(ImageId image, Manifest manifest, String tag) {
    return new SimplePush(image, manifest, new TagName(tag), Catalogue.newTag(), START);
  }

  private Set<TagId> take(SimplePush... pushes) {
    return catalogue.transaction(() -> intake.take(List.of(pushes)));
  }

  /**
   * An image whose usage is in another row than that of ours, so that pushes of both do not meet.
   */
  private ImageId addImageCountedApart() {
    for (int i = 0; ; i++) {
      ImageId other = catalogue.addImage(namespace, "other-" + i);
      if (shard(other) != shard(image)) return other;
    }
  }

  /** As {@code ImageUsage} counts. */
  private static long shard(ImageId id) {
    return id.value().getLeastSignificantBits() & 15;
  }

  private PushIntake.Taken takeFree(SimplePush... pushes) {
    return catalogue.transaction(() -> intake.takeFree(List.of(pushes)));
  }

  private <T> OpenTransaction<T> open(Supplier<T> work) {
    return new OpenTransaction<>(catalogue.unitOfWork(), work);
  }

  /** Returns when a session waits for another one's lock. */
  private void awaitBlocked() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (content.blockedSessions() < 1) {
      assertThat(System.nanoTime()).as("nobody waits for a lock").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
