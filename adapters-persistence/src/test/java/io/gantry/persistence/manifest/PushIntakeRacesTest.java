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
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError.PreconditionFailed;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.ManifestBuilder;
import io.gantry.domain.manifest.Reachability;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way of pushes beside the ordinary one, beside deletions, and beside itself. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class PushIntakeRacesTest {
  private static final int THREADS = 6;
  private static final int OPERATIONS = 60;

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
    SimplePush sameTag = push(aManifest().layers(layer).build(), "v1");
    SimplePush free = push(aManifest().layers(layer).build(), "v2");
    try (var ordinary = open(() -> pushOrdinarily(theirs, "v1"))) {
      CompletableFuture<Set<TagId>> taking = AtOnce.start(() -> take(sameManifest, sameTag, free));
      awaitBlocked();
      assertThat(ordinary.commit()).isEqualTo(theirs);

      assertThat(AtOnce.join(taking)).containsExactly(free.id());
    }
    assertThat(catalogue.sizeOf(image)).isEqualTo(10);
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

  /** Whatever comes at once, all that is kept by change is what counting from scratch says. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everythingIsExactAfterAnythingAtOnce(long seed) {
    Pool pool = new Pool();
    var _ =
        AtOnce.call(
            THREADS,
            thread -> {
              Random random = new Random(seed * THREADS + thread);
              for (int i = 0; i < OPERATIONS; i++) pool.doAnything(random);
              return thread;
            });

    assertThat(pool.takenQuickly).as("pushes that went the short way").isNotEmpty();
  }

  /** Three images of two namespaces, blobs that they share, and manifests that were pushed. */
  private final class Pool {
    private final List<ImageId> images =
        List.of(
            image,
            catalogue.addImage(namespace, "sibling"),
            catalogue.addImage(catalogue.addNamespace(), "elsewhere"));
    private final List<Blob> blobs =
        Stream.iterate(1L, size -> 2 * size).limit(8).map(ManifestBuilder::aBlob).toList();
    private final List<Manifest> pushed = new CopyOnWriteArrayList<>();
    private final List<TagId> takenQuickly = new CopyOnWriteArrayList<>();

    Pool() {
      for (ImageId one : images) blobs.forEach(blob -> catalogue.addBlob(one, blob));
    }

    void doAnything(Random random) {
      ImageId target = any(random, images);
      switch (random.nextInt(12)) {
        case 0 -> {
          Manifest index = anIndex().children(known(random), known(random)).build();
          pushSparse(target, index, aTag(random));
        }
        case 1 -> pushSparse(target, aManifest().subject(known(random)).build(), aTag(random));
        case 2 -> pushSparse(target, known(random), Optional.empty());
        case 3 -> untag(target, aTag(random));
        case 4 -> delete(target, known(random).digest());
        case 5 -> unlink(target, any(random, blobs));
        case 6 -> catalogue.addBlob(target, any(random, blobs));
        default -> pushSeveral(random);
      }
    }

    /** By the short way, then those that it left alone by the ordinary one. */
    private void pushSeveral(Random random) {
      List<SimplePush> pushes = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        ImageId target = any(random, images);
        TagName tag = aTag(random);
        if (pushes.stream().anyMatch(p -> p.image().equals(target) && p.tag().equals(tag)))
          continue;
        Manifest manifest = random.nextInt(4) == 0 ? known(random) : aSimpleManifest(random);
        if (!SimplePush.isSimple(manifest)) continue;
        pushes.add(new SimplePush(target, manifest, tag, Catalogue.newTag(), START));
      }
      Set<TagId> taken = take(pushes.toArray(SimplePush[]::new));
      takenQuickly.addAll(taken);
      for (SimplePush push : pushes) {
        pushed.add(push.manifest());
        if (!taken.contains(push.id())) {
          pushSparse(push.image(), push.manifest(), push.tag());
        }
      }
    }

    private Manifest aSimpleManifest(Random random) {
      return aManifest()
          .config(any(random, blobs))
          .layers(any(random, blobs), any(random, blobs))
          .build();
    }

    /** Pushed somewhere before, or perhaps somewhere later. */
    private Manifest known(Random random) {
      if (!pushed.isEmpty()) return pushed.get(random.nextInt(pushed.size()));
      Manifest manifest = aSimpleManifest(random);
      pushed.add(manifest);
      return manifest;
    }

    private void pushSparse(ImageId target, Manifest manifest, TagName tag) {
      pushed.add(manifest);
      pushSparse(target, manifest, Optional.of(tag));
    }

    private void pushSparse(ImageId target, Manifest manifest, Optional<TagName> tag) {
      catalogue.pushSparse(target, manifest, tag);
    }

    private void untag(ImageId target, TagName name) {
      catalogue.run(
          () -> {
            assertThat(catalogue.images().lockForPush(target)).isTrue();
            Optional<Tag> tag = catalogue.tags().findByName(target, name);
            if (tag.isEmpty()) return;
            catalogue.tags().remove(target, name);
            long change =
                new Reachability(catalogue.graph()).settle(target, Set.of(tag.get().digest()));
            catalogue.images().touch(target, change, START);
          });
    }

    private void delete(ImageId target, Digest manifest) {
      catalogue.run(
          () -> {
            assertThat(catalogue.images().lockForPush(target)).isTrue();
            if (catalogue.manifests().find(target, manifest).isEmpty()) return;
            catalogue.tags().removeAllTo(target, manifest);
            long change =
                new Reachability(catalogue.graph())
                    .remove(
                        target,
                        manifest,
                        () -> assertThat(catalogue.manifests().remove(target, manifest)).isTrue());
            catalogue.images().touch(target, change, START);
          });
    }

    private void unlink(ImageId target, Blob blob) {
      try {
        var _ = catalogue.transaction(() -> catalogue.links().remove(target, blob.digest()));
      } catch (RegistryException e) {
        assertThat(e.error()).isInstanceOf(PreconditionFailed.class);
      }
    }

    private static TagName aTag(Random random) {
      return new TagName("v" + random.nextInt(40));
    }

    private static <T> T any(Random random, List<T> list) {
      return list.get(random.nextInt(list.size()));
    }
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
