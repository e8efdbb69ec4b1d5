package io.gantry.persistence.manifest;

import static io.gantry.domain.Catalogue.ALL_SPARSE;
import static io.gantry.domain.Catalogue.START;
import static io.gantry.domain.manifest.ManifestBuilder.aBlob;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.Catalogue;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.reclaim.Garbage;
import io.gantry.domain.tag.TagName;
import io.gantry.persistence.AtOnce;
import io.gantry.persistence.OpenTransaction;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Manifests that begin to wait for a blob, against whoever links it: whatever the order, a blob
 * that is there in the end is held by the manifests that list it, and counts.
 */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class SparseRacesTest {
  private static final Duration LEASE = Duration.ofHours(1);
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final int THREADS = 8;

  @Inject Catalogue catalogue;
  @Inject Garbage garbage;
  @Inject PostgresContent content;
  @Inject Session session;

  private Namespace namespace;
  private ImageId image;
  private Blob layer;
  private Manifest manifest;

  @BeforeEach
  void arrange() {
    content.clear();
    namespace = catalogue.addNamespace();
    image = catalogue.addImage(namespace, "app");
    layer = aBlob(10);
    manifest = aManifest().layers(layer).build();
  }

  @Test
  void aManifestBehindAnUncommittedLinkFindsIt() {
    try (var linking = open(() -> link(image, layer))) {
      CompletableFuture<Manifest> pushing =
          AtOnce.start(() -> catalogue.pushSparse(image, manifest, "v1"));
      awaitBlocked();
      assertThat(linking.commit()).isEqualTo(layer);
      AtOnce.join(pushing);
    }

    assertHeldAndCounted();
  }

  @Test
  void aLinkBehindAnUncommittedManifestIsTaken() {
    try (var pushing = open(() -> addSparse("v1"))) {
      CompletableFuture<Blob> linking =
          AtOnce.start(() -> catalogue.transaction(() -> link(image, layer)));
      awaitBlocked();
      assertThat(pushing.commit()).isTrue();
      AtOnce.join(linking);
    }

    assertHeldAndCounted();
  }

  @Test
  void aLinkWaitsUntilATagThatIsBeingSetCounts() {
    catalogue.pushSparse(image, manifest, Optional.empty());
    try (var tagging = open(() -> tag("v1"))) {
      CompletableFuture<Blob> linking =
          AtOnce.start(() -> catalogue.transaction(() -> link(image, layer)));
      awaitBlocked();
      assertThat(tagging.commit()).isTrue();
      AtOnce.join(linking);
    }

    assertHeldAndCounted();
  }

  @Test
  void aTagBehindAnUncommittedLinkCountsItOnce() {
    catalogue.pushSparse(image, manifest, Optional.empty());
    try (var linking = open(() -> link(image, layer))) {
      CompletableFuture<Boolean> tagging =
          AtOnce.start(() -> catalogue.transaction(() -> tag("v1")));
      awaitBlocked();
      assertThat(linking.commit()).isEqualTo(layer);
      AtOnce.join(tagging);
    }

    assertHeldAndCounted();
  }

  @Test
  void wholePushesDoNotKeepLinksOut() {
    try (var pushing = open(() -> catalogue.images().lockForPush(image))) {
      assertThat(AtOnce.join(AtOnce.start(() -> catalogue.addBlob(image, layer)))).isEqualTo(layer);
      assertThat(pushing.commit()).isTrue();
    }
  }

  @Test
  void aLinkThatIsBeingCollectedIsWaitedFor() {
    var _ = catalogue.addBlob(image, layer);
    content.letTimePass(Duration.ofHours(2));
    try (var collecting = open(() -> garbage.unlinkUnused(10))) {
      CompletableFuture<Manifest> pushing =
          AtOnce.start(() -> catalogue.pushSparse(image, manifest, "v1"));
      awaitBlocked();
      assertThat(collecting.commit()).isEqualTo(1);
      AtOnce.join(pushing);
    }
    assertThat(catalogue.sizeOf(image)).isZero();

    var _ = catalogue.addBlob(image, layer);
    assertHeldAndCounted();
  }

  @RepeatedTest(20)
  void manifestsAndTheirLayersMayArriveInAnyOrderAtOnce() {
    List<Blob> layers = Stream.iterate(1L, i -> 2 * i).limit(4).map(i -> aBlob(i)).toList();
    List<Manifest> manifests =
        layers.stream().map(one -> aManifest().layers(one, layers.getFirst()).build()).toList();

    var _ =
        AtOnce.call(
            THREADS,
            i ->
                i % 2 == 0
                    ? catalogue.addBlob(image, layers.get(i / 2))
                    : catalogue.pushSparse(image, manifests.get(i / 2), "v" + i));

    assertThat(catalogue.sizeOf(image)).isEqualTo(15);
    assertThat(catalogue.namespace(namespace.id()).usage().size().bytes()).isEqualTo(15);
    for (Blob one : layers) assertHeld(one);
  }

  @RepeatedTest(5)
  void usageIsExactWhenOneBlobArrivesInManyImagesAtOnce() {
    List<ImageId> images =
        Stream.iterate(0, i -> i + 1)
            .limit(THREADS)
            .map(i -> catalogue.addImage(namespace, "app" + i))
            .toList();
    images.forEach(one -> catalogue.pushSparse(one, manifest, "v1"));

    var _ = AtOnce.call(THREADS, i -> catalogue.addBlob(images.get(i), uploadedAgain(layer)));

    assertThat(catalogue.namespace(namespace.id()).usage().size().bytes()).isEqualTo(10 * THREADS);
  }

  private void assertHeldAndCounted() {
    assertThat(catalogue.sizeOf(image)).isEqualTo(10);
    assertThat(catalogue.namespace(namespace.id()).usage().size().bytes()).isEqualTo(10);
    assertHeld(layer);
  }

  private void assertHeld(Blob blob) {
    assertThatThrownBy(
            () -> catalogue.transaction(() -> catalogue.links().remove(image, blob.digest())))
        .isInstanceOf(RegistryException.class);
    assertThat(waiting()).isZero();
  }

  private long waiting() {
    return catalogue.transaction(
        () ->
            session
                .createNativeQuery(
                    "select count(*) from manifest_blob where held is null", Long.class)
                .getSingleResult());
  }

  private static Blob uploadedAgain(Blob blob) {
    return new Blob(blob.digest(), blob.size(), new StorageKey(UUID.randomUUID()));
  }

  private Blob link(ImageId target, Blob blob) {
    return catalogue.links().add(target, blob, LEASE);
  }

  private boolean addSparse(String tag) {
    assertThat(catalogue.images().lockForSparsePush(image)).isTrue();
    assertThat(catalogue.manifests().add(image, manifest, ALL_SPARSE, START)).isTrue();
    return settleTag(tag);
  }

  private boolean tag(String tag) {
    assertThat(catalogue.images().lockForPush(image)).isTrue();
    return settleTag(tag);
  }

  private boolean settleTag(String tag) {
    catalogue.point(image, Optional.of(new TagName(tag)), manifest, START);
    return true;
  }

  private <T> OpenTransaction<T> open(Supplier<T> work) {
    return new OpenTransaction<>(catalogue.unitOfWork(), work);
  }

  /** Returns when a session waits for another one's lock. */
  private void awaitBlocked() {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (content.blockedSessions() < 1) {
      assertThat(System.nanoTime()).as("nobody waits for a lock").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
