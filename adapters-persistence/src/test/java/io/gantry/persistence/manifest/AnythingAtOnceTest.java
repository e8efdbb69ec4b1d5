package io.gantry.persistence.manifest;

import static io.gantry.domain.Catalogue.REGION;
import static io.gantry.domain.Catalogue.START;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static io.gantry.domain.manifest.ManifestBuilder.anIndex;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.BlobPorts;
import io.gantry.domain.Catalogue;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.PreconditionFailed;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.ManifestBuilder;
import io.gantry.domain.manifest.Reachability;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.tag.PushIntake;
import io.gantry.domain.tag.SimplePush;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagId;
import io.gantry.domain.tag.TagName;
import io.gantry.persistence.AtOnce;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.gantry.persistence.namespace.IdleUsage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Uploads in every way, and pushes by the short way and by the ordinary one, which move tags,
 * beside deletions of tags, manifests, links, images and namespaces, beside the removal of what was
 * deleted, beside collection, and beside the merging of usage.
 */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class AnythingAtOnceTest {
  private static final int THREADS = 6;
  private static final int OPERATIONS = 60;
  private static final Duration HOWEVER_LATELY_USED = Duration.ofDays(-1);

  @Inject Catalogue catalogue;
  @Inject PushIntake intake;
  @Inject BlobPorts ports;
  @Inject IdleUsage usage;
  @Inject PostgresContent content;
  @Inject Recount recount;

  @BeforeEach
  void clear() {
    content.clear();
  }

  /** All that is kept by change is what counting from scratch says. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void leavesEverythingExact(long seed) {
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
    assertThat(pool.deletions).as("deletions of images and namespaces").hasPositiveValue();

    pool.traffic.requireEverythingHappened();

    // What is still being removed is not exact before it is gone.
    while (pool.purge(500) || pool.traffic.collect(500)) pool.requireKept();
    recount.requireExact();
  }

  /**
   * Three images of two namespaces, blobs that they share, and manifests that were pushed. For an
   * image or a namespace that is deleted a new one comes.
   */
  private final class Pool {
    private final AtomicReferenceArray<Namespace> namespaces =
        new AtomicReferenceArray<>(
            new Namespace[] {catalogue.addNamespace(), catalogue.addNamespace()});
    private final AtomicReferenceArray<ImageId> images = new AtomicReferenceArray<>(3);
    private final List<Blob> blobs = blobsFrom(1);

    /** No image has these from its beginning, so they are often collected and come anew. */
    private final List<Blob> rare = blobsFrom(1000);

    private final List<Manifest> pushed = new CopyOnWriteArrayList<>();
    private final List<TagId> takenQuickly = new CopyOnWriteArrayList<>();
    private final AtomicInteger deletions = new AtomicInteger();
    private final BlobTraffic traffic = new BlobTraffic(ports);

    Pool() {
      for (int slot = 0; slot < images.length(); slot++) renew(slot);
    }

    void doAnything(Random random) {
      int slot = random.nextInt(images.length());
      ImageId target = images.get(slot);
      switch (random.nextInt(65)) {
        case 0, 1 -> deleteImage(slot);
        case 2 -> deleteNamespace(slot);
        case 3, 4, 5, 6 -> {
          var _ = purge(7);
        }
        case 7, 8, 9 -> usage.merge(HOWEVER_LATELY_USED);
        case 10, 11, 12, 13, 14 -> {
          Manifest index = anIndex().children(known(random), known(random)).build();
          pushSparse(target, index, aTag(random));
        }
        case 15, 16, 17, 18, 19 ->
            pushSparse(target, aManifest().subject(known(random)).build(), aTag(random));
        case 20, 21, 22, 23, 24 -> pushSparse(target, known(random), Optional.empty());
        case 25, 26, 27, 28, 29 -> untag(target, aTag(random));
        case 30, 31, 32, 33, 34 -> delete(target, known(random).digest());
        case 35, 36, 37, 38, 39 -> unlink(target, any(random, blobs));
        case 40, 41, 42, 43, 44, 45 ->
            unlessGone(target, () -> traffic.upload(random, target, oftenRare(random)));
        case 46, 47, 48, 49 -> {
          var _ = traffic.collect(7);
          requireKept();
        }
        default -> pushSeveral(random);
      }
    }

    private int namespaceOf(int slot) {
      return slot / 2;
    }

    /** Has a usable image there, with all blobs, if the namespace is usable. */
    private void renew(int slot) {
      Namespace parent = namespaces.get(namespaceOf(slot));
      try {
        ImageId fresh = catalogue.addImage(parent, "app" + slot);
        blobs.forEach(blob -> unlessGone(fresh, () -> traffic.link(fresh, blob)));
        images.set(slot, fresh);
      } catch (RegistryException e) {
        assertThat(e.error()).isInstanceOf(NotFound.class); // somebody deletes it meanwhile
      }
    }

    private void deleteImage(int slot) {
      ImageId target = images.get(slot);
      catalogue.run(
          () ->
              catalogue
                  .images()
                  .findLocked(REGION, target)
                  .ifPresent(
                      found -> {
                        catalogue.images().update(found.delete(START));
                        deletions.incrementAndGet();
                      }));
      renew(slot);
    }

    private void deleteNamespace(int slot) {
      int place = namespaceOf(slot);
      NamespaceId target = namespaces.get(place).id();
      catalogue.run(
          () ->
              catalogue
                  .namespaces()
                  .findLocked(REGION, target)
                  .ifPresent(
                      found -> {
                        catalogue.namespaces().update(found.delete(START));
                        catalogue.images().deleteAll(target, START);
                        deletions.incrementAndGet();
                      }));
      namespaces.set(place, catalogue.addNamespace());
      for (int i = 0; i < images.length(); i++) if (namespaceOf(i) == place) renew(i);
    }

    /** Goes on with removing one image, or removes one empty namespace; false if there is none. */
    boolean purge(int rows) {
      boolean image =
          catalogue.transaction(
              () -> {
                Optional<ImageId> found = catalogue.images().claimDeleting();
                found.ifPresent(id -> catalogue.images().purge(id, rows));
                return found.isPresent();
              });
      return image || catalogue.transaction(this::removeNamespace);
    }

    private boolean removeNamespace() {
      Optional<NamespaceId> found =
          catalogue.namespaces().claimDeleting().filter(empty -> !catalogue.images().anyIn(empty));
      found.ifPresent(catalogue.namespaces()::remove);
      return found.isPresent();
    }

    /** By the short way, then those that it left alone by the ordinary one. */
    private void pushSeveral(Random random) {
      List<SimplePush> pushes = new ArrayList<>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        ImageId target = images.get(random.nextInt(images.length()));
        TagName tag = aTag(random);
        if (pushes.stream().anyMatch(p -> p.image().equals(target) && p.tag().equals(tag)))
          continue;
        Manifest manifest = random.nextInt(4) == 0 ? known(random) : aSimpleManifest(random);
        if (!SimplePush.isSimple(manifest)) continue;
        pushes.add(new SimplePush(target, manifest, tag, Catalogue.newTag(), START));
      }
      Set<TagId> taken = catalogue.transaction(() -> intake.take(pushes));
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
          .layers(
              any(random, blobs), random.nextInt(4) > 0 ? any(random, blobs) : any(random, rare))
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
      catalogue.run(
          () -> {
            if (!catalogue.images().lockForSparsePush(target)) return;
            var _ = catalogue.manifests().add(target, manifest, Catalogue.ALL_SPARSE, START);
            catalogue.point(target, tag, manifest, START);
          });
    }

    private void untag(ImageId target, TagName name) {
      catalogue.run(
          () -> {
            if (!catalogue.images().lockForPush(target)) return;
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
            if (!catalogue.images().lockForPush(target)) return;
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

    /** As who receives a blob, beside pushes; an image that is gone refuses it in some way. */
    private void unlessGone(ImageId target, Runnable arrival) {
      try {
        arrival.run();
      } catch (RuntimeException e) {
        if (catalogue.transaction(() -> catalogue.images().lockForPush(target))) throw e;
      }
    }

    void requireKept() {
      for (int slot = 0; slot < images.length(); slot++) {
        traffic.requireKept(images.get(slot), blobs);
        traffic.requireKept(images.get(slot), rare);
      }
    }

    private void unlink(ImageId target, Blob blob) {
      try {
        var _ = catalogue.transaction(() -> catalogue.links().remove(target, blob.digest()));
      } catch (RegistryException e) {
        assertThat(e.error()).isInstanceOf(PreconditionFailed.class);
      }
    }

    private static List<Blob> blobsFrom(long smallest) {
      return Stream.iterate(smallest, size -> 2 * size)
          .limit(8)
          .map(ManifestBuilder::aBlob)
          .toList();
    }

    private Blob oftenRare(Random random) {
      return any(random, random.nextInt(4) > 0 ? rare : blobs);
    }

    private static TagName aTag(Random random) {
      return new TagName("v" + random.nextInt(40));
    }

    private static <T> T any(Random random, List<T> list) {
      return list.get(random.nextInt(list.size()));
    }
  }
}
