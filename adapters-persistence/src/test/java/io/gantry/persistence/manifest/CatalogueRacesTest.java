package io.gantry.persistence.manifest;

import static io.gantry.domain.Catalogue.REGION;
import static io.gantry.domain.Catalogue.START;
import static io.gantry.domain.Catalogue.aNamespace;
import static io.gantry.domain.Catalogue.aNamespaceName;
import static io.gantry.domain.Catalogue.aProject;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.Catalogue;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.AlreadyExists;
import io.gantry.domain.error.RegistryError.PreconditionFailed;
import io.gantry.domain.error.RegistryError.ReferencedContentMissing;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageName;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceName;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagName;
import io.gantry.persistence.AtOnce;
import io.gantry.persistence.OpenTransaction;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What happens when two callers are in each other's way; the loser gets the right answer. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class CatalogueRacesTest {
  private static final int THREADS = 8;
  private static final TagName LATEST = new TagName("latest");

  @Inject Catalogue catalogue;
  @Inject Session session;

  @RepeatedTest(10)
  void oneOfManyNamespacesWithOneNameIsAdded() {
    NamespaceName name = aNamespaceName();

    List<Optional<RegistryError>> failures =
        AtOnce.call(
            THREADS, _ -> failureOf(() -> catalogue.add(aNamespace(aProject(), name, START))));

    assertThat(failures.stream().filter(Optional::isEmpty)).hasSize(1);
    assertThat(failures.stream().flatMap(Optional::stream))
        .hasSize(THREADS - 1)
        .allMatch(AlreadyExists.class::isInstance);
  }

  @RepeatedTest(10)
  void everybodyWhoAddsAnImageGetsTheSame() {
    Namespace namespace = catalogue.addNamespace();

    List<ImageId> ids = AtOnce.call(THREADS, _ -> catalogue.addImage(namespace, "app"));

    assertThat(ids).containsOnly(ids.getFirst());
  }

  @RepeatedTest(10)
  void everybodyMayPushOneTag() {
    ImageId image = catalogue.addImage();
    List<Blob> layers = Stream.generate(() -> catalogue.addBlob(image, 10)).limit(THREADS).toList();

    List<Manifest> pushed =
        AtOnce.call(
            THREADS,
            i -> catalogue.push(image, aManifest().layers(layers.get(i)).build(), "latest"));

    Tag tag = catalogue.transaction(() -> catalogue.tags().findByName(image, LATEST)).orElseThrow();
    assertThat(pushed).extracting(Manifest::digest).contains(tag.digest());
    assertThat(catalogue.image(image).tags()).containsExactly("latest");
    assertThat(catalogue.sizeOf(image)).isEqualTo(10);
  }

  @RepeatedTest(10)
  void everybodyMayPushTheSameManifest() {
    Namespace namespace = catalogue.addNamespace();
    ImageId image = catalogue.addImage(namespace, "app");
    Manifest manifest = aManifest().layers(catalogue.addBlob(image, 10)).build();

    var _ = AtOnce.call(THREADS, _ -> catalogue.push(image, manifest, "latest"));

    assertThat(catalogue.sizeOf(image)).isEqualTo(10);
    assertThat(catalogue.namespace(namespace.id()).usage().imageCount()).isEqualTo(1);
    assertThat(catalogue.namespace(namespace.id()).usage().size().bytes()).isEqualTo(10);
  }

  @RepeatedTest(5)
  void usageIsExactAfterPushesToManyImagesAtOnce() {
    Namespace namespace = catalogue.addNamespace();

    var _ =
        AtOnce.call(
            THREADS,
            i -> {
              ImageId image = catalogue.addImage(namespace, "app" + i);
              Blob layer = catalogue.addBlob(image, 1L << i);
              return catalogue.push(image, aManifest().layers(layer).build(), "latest");
            });

    assertThat(catalogue.namespace(namespace.id()).usage().size().bytes())
        .isEqualTo((1L << THREADS) - 1);
    assertThat(catalogue.namespace(namespace.id()).usage().imageCount()).isEqualTo(THREADS);
  }

  @Test
  void linkStaysWhenAManifestIsAddedFirst() {
    ImageId image = catalogue.addImage();
    Blob layer = catalogue.addBlob(image, 10);
    Manifest manifest = aManifest().layers(layer).build();
    try (var adding =
        open(() -> catalogue.manifests().add(image, manifest, Catalogue.WHOLE_IMAGES, START))) {

      CompletableFuture<Boolean> removing = AtOnce.start(() -> unlink(image, layer));
      awaitBlocked();
      assertThat(adding.commit()).isTrue();

      assertThatThrownBy(() -> AtOnce.join(removing))
          .satisfies(e -> assertThat(errorIn(e)).isInstanceOf(PreconditionFailed.class));
    }
    assertThat(catalogue.transaction(() -> catalogue.links().find(image, layer.digest())))
        .isPresent();
  }

  @Test
  void manifestNamesTheLinkThatIsBeingRemovedFirst() {
    ImageId image = catalogue.addImage();
    Blob there = catalogue.addBlob(image, 10);
    Blob going = catalogue.addBlob(image, 10);
    Manifest manifest = aManifest().layers(there, going).build();
    try (var removing = open(() -> catalogue.links().remove(image, going.digest()))) {

      CompletableFuture<Boolean> adding = AtOnce.start(() -> add(image, manifest));
      awaitBlocked();
      assertThat(removing.commit()).isTrue();

      assertThatThrownBy(() -> AtOnce.join(adding))
          .satisfies(
              e ->
                  assertThat(errorIn(e))
                      .isEqualTo(new ReferencedContentMissing(List.of(going.digest().toString()))));
    }
    assertThat(catalogue.transaction(() -> catalogue.manifests().find(image, manifest.digest())))
        .isEmpty();
  }

  @Test
  void pushIntoANamespaceThatIsBeingDeletedIsRefused() {
    Namespace namespace = catalogue.addNamespace();
    ImageId image = catalogue.addImage(namespace, "app");
    try (var deleting = open(() -> delete(namespace))) {

      CompletableFuture<Boolean> pushing =
          AtOnce.start(() -> catalogue.transaction(() -> catalogue.images().lockForPush(image)));
      awaitBlocked();
      assertThat(deleting.commit()).isTrue();

      assertThat(AtOnce.join(pushing)).isFalse();
    }
  }

  @Test
  void newImageInANamespaceThatIsBeingDeletedIsRefused() {
    Namespace namespace = catalogue.addNamespace();
    ImageName name = new ImageName("new");
    try (var deleting = open(() -> delete(namespace))) {

      CompletableFuture<ImageId> adding =
          AtOnce.start(
              () ->
                  catalogue.transaction(
                      () -> catalogue.images().findOrAdd(namespace.id(), name, START)));
      awaitBlocked();
      assertThat(deleting.commit()).isTrue();

      assertThatThrownBy(() -> AtOnce.join(adding))
          .satisfies(e -> assertThat(errorIn(e)).isInstanceOf(RegistryError.NotFound.class));
    }
  }

  @Test
  void deletionOfANamespaceWaitsForAPushAndSeesWhatItBrought() {
    Namespace namespace = catalogue.addNamespace();
    ImageId image = catalogue.addImage(namespace, "app");
    try (var pushing = open(() -> lockAndTouch(image, 7))) {

      CompletableFuture<Namespace> locking =
          AtOnce.start(
              () ->
                  catalogue.transaction(
                      () ->
                          catalogue.namespaces().findLocked(REGION, namespace.id()).orElseThrow()));
      awaitBlocked();
      assertThat(pushing.commit()).isTrue();

      assertThat(AtOnce.join(locking).usage().size().bytes()).isEqualTo(7);
    }
  }

  @Test
  void pushesToOneImageWaitForEachOtherAndToTwoDoNot() {
    Namespace namespace = catalogue.addNamespace();
    ImageId one = catalogue.addImage(namespace, "one");
    ImageId two = catalogue.addImage(namespace, "two");
    try (var first = open(() -> catalogue.images().lockForPush(one))) {

      assertThat(AtOnce.join(AtOnce.start(() -> lock(two)))).isTrue();
      CompletableFuture<Boolean> second = AtOnce.start(() -> lock(one));
      awaitBlocked();
      assertThat(second).isNotDone();
      assertThat(first.commit()).isTrue();

      assertThat(AtOnce.join(second)).isTrue();
    }
  }

  @RepeatedTest(10)
  void everybodyMayPushWhileTheNamespaceIsDeleted() {
    Namespace namespace = catalogue.addNamespace();
    List<ImageId> images =
        Stream.iterate(0, i -> i + 1)
            .limit(THREADS)
            .map(i -> catalogue.addImage(namespace, "app" + i))
            .toList();

    List<Boolean> pushed =
        AtOnce.call(
            THREADS + 1,
            i ->
                catalogue.transaction(
                    () -> i < THREADS ? lockAndTouch(images.get(i), 1) : delete(namespace)));

    long acknowledged = pushed.subList(0, THREADS).stream().filter(done -> done).count();
    assertThat(catalogue.namespace(namespace.id()).usage().imageCount()).isEqualTo(acknowledged);
    assertThat(images).noneMatch(this::lock);
  }

  private <T> OpenTransaction<T> open(Supplier<T> work) {
    return new OpenTransaction<>(catalogue.unitOfWork(), work);
  }

  private boolean delete(Namespace namespace) {
    Namespace locked = catalogue.namespaces().findLocked(REGION, namespace.id()).orElseThrow();
    catalogue.namespaces().update(locked.delete(START));
    catalogue.images().deleteAll(namespace.id(), START);
    return true;
  }

  private boolean lockAndTouch(ImageId image, long size) {
    if (!catalogue.images().lockForPush(image)) return false;
    catalogue.images().touch(image, size, START);
    return true;
  }

  private boolean lock(ImageId image) {
    return catalogue.transaction(() -> catalogue.images().lockForPush(image));
  }

  private boolean add(ImageId image, Manifest manifest) {
    return catalogue.transaction(
        () -> catalogue.manifests().add(image, manifest, Catalogue.WHOLE_IMAGES, START));
  }

  private boolean unlink(ImageId image, Blob blob) {
    return catalogue.transaction(() -> catalogue.links().remove(image, blob.digest()));
  }

  /** Returns when a session waits for another one's lock. */
  private void awaitBlocked() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!isAnyBlocked()) {
      if (System.nanoTime() > deadline) throw new AssertionError("nobody waits for a lock");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  private boolean isAnyBlocked() {
    return catalogue.transaction(
        () ->
            session
                .createNativeQuery(
                    "select exists (select from pg_stat_activity where wait_event_type = 'Lock')",
                    Boolean.class)
                .getSingleResult());
  }

  private static Optional<RegistryError> failureOf(Supplier<?> work) {
    try {
      var _ = work.get();
      return Optional.empty();
    } catch (RegistryException e) {
      return Optional.of(e.error());
    }
  }

  private static RegistryError errorIn(Throwable failure) {
    if (failure instanceof CompletionException
        && failure.getCause() instanceof RegistryException e) {
      return e.error();
    }
    throw new AssertionError("not a failure of the registry", failure);
  }
}
