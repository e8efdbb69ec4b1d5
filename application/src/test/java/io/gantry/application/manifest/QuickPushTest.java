package io.gantry.application.manifest;

import static io.gantry.application.repository.DataPlane.APP;
import static io.gantry.application.repository.DataPlane.REGION;
import static io.gantry.application.repository.DataPlane.failureOf;
import static io.gantry.domain.manifest.ManifestBuilder.aBlob;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static io.gantry.domain.manifest.ManifestBuilder.anIndex;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.repository.DataPlane;
import io.gantry.domain.Catalogue;
import io.gantry.domain.access.Caller;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.ReferencedContentMissing;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.InMemoryManifestGraph;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.Reachability;
import io.gantry.domain.namespace.Usage;
import io.gantry.domain.tag.InMemoryPushIntake;
import io.gantry.domain.tag.PushIntake;
import io.gantry.domain.tag.SimplePush;
import io.gantry.domain.tag.TagCondition;
import io.gantry.domain.tag.TagId;
import io.gantry.domain.tag.TagName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which pushes go the short way, and that nobody can tell. */
final class QuickPushTest {
  private final DataPlane plane = new DataPlane();
  private final ImageId app = plane.addImage("app");
  private final Blob five = plane.addBlob(app, "12345");
  private final Blob seven = plane.addBlob(app, "1234567");
  private final List<SimplePush> asked = new ArrayList<>();
  private final List<TagId> taken = new ArrayList<>();

  /** Those that came again to wait for the image's lock. */
  private final List<SimplePush> waited = new ArrayList<>();

  private boolean locked;
  private final PutManifest put = putManifest(recording(new InMemoryPushIntake(plane.registry)));

  @BeforeEach
  void makeKnown() {
    put.authorize(plane.owner, REGION, APP);
  }

  @Test
  void takesANewManifestUnderANewTag() {
    plane.registry.clock.advance(Duration.ofSeconds(1));
    Manifest manifest = aManifest().layers(five, seven).build();
    push(manifest, "v1");

    assertThat(taken).hasSize(1);
    assertThat(plane.sizeOf(app)).isEqualTo(12);
    assertThat(plane.usage()).isEqualTo(new Usage(new ByteSize(12), 1));
    assertThat(plane.images.find(REGION, app).orElseThrow().updatedAt())
        .isEqualTo(plane.registry.clock.instant());
  }

  @Test
  void leavesAnImageThatIsNotKnownToTheOrdinaryWay() {
    plane.repositories.forget(REGION, APP);
    push(aManifest().layers(five).build(), "v1");
    assertThat(asked).isEmpty();
    assertThat(plane.sizeOf(app)).isEqualTo(5);

    push(aManifest().layers(seven).build(), "v2");
    assertThat(taken).hasSize(1);
  }

  @Test
  void leavesWhatIsNotSimpleToTheOrdinaryWay() {
    Manifest child = aManifest().layers(five).build();
    push(anIndex().children(child).build(), "index");
    push(aManifest().subject(child).build(), "signature");
    put.handle(plane.owner, REGION, APP, child, Set.of());
    put.handle(
        plane.owner,
        REGION,
        APP,
        aManifest().layers(seven).build(),
        Set.of(new TagName("one"), new TagName("two")));

    assertThat(asked).isEmpty();
    assertThat(plane.sizeOf(app)).isEqualTo(12);
  }

  @Test
  void leavesConditionsToTheOrdinaryWay() {
    put.handle(
        plane.owner,
        REGION,
        APP,
        aManifest().layers(five).build(),
        Set.of(new TagName("v1")),
        new TagCondition.Absent());

    assertThat(asked).isEmpty();
    assertThat(plane.sizeOf(app)).isEqualTo(5);
  }

  @Test
  void takesTagsThatMoveOn() {
    push(aManifest().layers(five).build(), "latest");
    Manifest next = aManifest().layers(seven).build();
    push(next, "v2");
    push(next, "latest");
    push(next, "latest");

    assertThat(taken).hasSize(4);
    assertThat(plane.sizeOf(app)).isEqualTo(7);
  }

  @Test
  void goesTheOrdinaryWayWithWhatCannotBeTaken() {
    Manifest manifest = aManifest().layers(five).build();
    put.handle(plane.owner, REGION, APP, manifest, Set.of());
    push(manifest, "v1");
    push(anIndex().children(manifest).build(), "index");
    push(aManifest().layers(seven).build(), "index");

    assertThat(asked).hasSize(2);
    assertThat(taken).isEmpty();
    assertThat(plane.sizeOf(app)).isEqualTo(12);
  }

  @Test
  void waitsForALockTogetherWithOthersWhoDo() {
    locked = true;
    push(aManifest().layers(five).build(), "v1");

    assertThat(asked).isEqualTo(waited).hasSize(1);
    assertThat(taken).hasSize(1);
    assertThat(plane.sizeOf(app)).isEqualTo(5);
  }

  @Test
  void doesNotWaitForALockThatIsFree() {
    push(aManifest().layers(five).build(), "v1");

    assertThat(taken).hasSize(1);
    assertThat(waited).isEmpty();
  }

  @Test
  void refusesAsTheOrdinaryWayDoes() {
    assertThat(failureOf(() -> push(aManifest().layers(aBlob(9)).build(), "v1")))
        .isInstanceOf(ReferencedContentMissing.class);
    assertThat(plane.registry.manifests).isEmpty();
  }

  @Test
  void followsThePathWhenItsImageWasDeleted() {
    plane.unitOfWork.run(
        () -> {
          plane.images.touch(app, 0, plane.registry.clock.instant());
          plane.images.update(
              plane.images.find(REGION, app).orElseThrow().delete(plane.registry.clock.instant()));
        });

    push(anIndex().build(), "v1");
    push(anIndex().build(), "v2");
    assertThat(asked).hasSize(1);
    assertThat(taken).isEmpty();

    push(anIndex().build(), "v3");
    assertThat(taken).hasSize(1);
    assertThat(asked.getLast().image()).isNotEqualTo(app);
  }

  @Test
  void isNotForWhomThePathIsHidden() {
    Manifest manifest = aManifest().layers(five).build();

    assertThat(failureOf(() -> push(put, plane.stranger, manifest, "v1")))
        .isInstanceOf(NotFound.class);
    assertThat(asked).isEmpty();
  }

  @Test
  void takesManyAtOnce() throws Exception {
    int pushes = 40;
    try (ExecutorService requests = Executors.newFixedThreadPool(8)) {
      PutManifest busy =
          putManifest(new QuickPush(new InMemoryPushIntake(plane.registry), plane.unitOfWork));
      List<CompletableFuture<Void>> all =
          IntStream.range(0, pushes)
              .mapToObj(
                  i ->
                      CompletableFuture.runAsync(
                          () ->
                              push(
                                  busy,
                                  plane.owner,
                                  aManifest().layers(i % 2 == 0 ? five : seven).build(),
                                  "v" + i % 30),
                          requests))
              .toList();
      for (var one : all) one.get(30, TimeUnit.SECONDS);
    }

    assertThat(plane.registry.tags).hasSize(30);
    assertThat(plane.registry.manifests).hasSize(pushes);
    assertThat(plane.sizeOf(app)).isEqualTo(12);
  }

  private void push(Manifest manifest, String tag) {
    push(put, plane.owner, manifest, tag);
  }

  private static void push(PutManifest put, Caller caller, Manifest manifest, String tag) {
    put.handle(caller, REGION, APP, manifest, Set.of(new TagName(tag)));
  }

  private PushIntake recording(PushIntake real) {
    return new PushIntake() {
      @Override
      public Set<TagId> take(Collection<SimplePush> pushes) {
        waited.addAll(pushes);
        return record(real.take(pushes));
      }

      @Override
      public Taken takeFree(Collection<SimplePush> pushes) {
        asked.addAll(pushes);
        if (locked) return new Taken(Set.of(), Set.of(app));
        return new Taken(record(real.take(pushes)), Set.of());
      }

      private Set<TagId> record(Set<TagId> done) {
        taken.addAll(done);
        return done;
      }
    };
  }

  private PutManifest putManifest(PushIntake intake) {
    return putManifest(new QuickPush(intake, plane.unitOfWork));
  }

  private PutManifest putManifest(QuickPush quick) {
    return new PutManifest(
        plane.repositories,
        plane.images,
        plane.manifests,
        plane.tags,
        new Reachability(new InMemoryManifestGraph(plane.registry)),
        quick,
        Catalogue.WHOLE_IMAGES,
        plane.unitOfWork,
        plane.registry.clock);
  }
}
