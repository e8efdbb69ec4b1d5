package io.gantry.persistence.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.Catalogue;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageName;
import io.gantry.domain.image.ImageOrder;
import io.gantry.domain.namespace.Namespace;
import io.gantry.persistence.AtOnce;
import io.gantry.persistence.OpenTransaction;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Lists stay what a sort of all rows gives, wherever landmarks are and whatever changed since. A
 * failure names the seed; {@code -Dfuzz.seed=<seed>} does the same again.
 */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class LandmarkKeeperTest {
  private static final long SEED = Long.getLong("fuzz.seed", new Random().nextLong());
  private static final int BLOCK = 3;
  private static final int STEPS = 25;
  private static final ImageName APP = new ImageName("app");

  @Inject LandmarkKeeper keeper;
  @Inject ListCheck check;
  @Inject Catalogue catalogue;
  @Inject PostgresContent content;
  @Inject Session session;

  private final Random random = new Random(SEED);
  private ChangingProject first;
  private ChangingProject second;

  @BeforeEach
  void addProjects() {
    content.clear();
    first = aProject();
    second = aProject();
  }

  @Test
  void everyPageIsThatOfASortWhateverHappened() {
    for (int step = 0; step < STEPS; step++) {
      try {
        switch (random.nextInt(4)) {
          case 0 -> keeper.refresh(BLOCK);
          case 1 -> changeOneWhileTheOtherIsChanging(first, second);
          case 2 -> changeOneWhileTheOtherIsChanging(second, first);
          default -> changeBoth();
        }
        checkBoth();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + SEED + ", step " + step, e);
      }
    }
    assertThat(landmarks(first)).as("of a list that is long").isGreaterThan(3);
  }

  @Test
  void aProjectWithLandmarksIsMergedWithOneThatHasNone() {
    content.clear();
    first = aProject();
    keeper.refresh(BLOCK);
    second = aProject();

    checkBoth();
    assertThat(landmarks(second)).isZero();
  }

  /** In blocks of two rows, whose edges all images come to lie at, before and after them. */
  @Test
  void imagesOfANameAreFoundWhicheverOfThemChanged() {
    content.clear();
    ProjectId one = Catalogue.aProject();
    ProjectId other = Catalogue.aProject();
    List<ImageId> images = new ArrayList<>();
    List<ImageId> neighbours = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Namespace namespace = catalogue.addNamespace(i % 4 == 1 ? other : one);
      for (String name : ChangingProject.NAMES) {
        ImageId image = catalogue.publishImage(namespace, name);
        (name.equals(APP.value()) ? images : neighbours).add(image);
      }
    }
    keeper.refresh(2);
    assertThat(count("landmark where list = 'IMAGES_BY_NAME' and key_text = 'app'"))
        .isGreaterThan(3);
    checkApp(one, other);

    for (ImageId neighbour : neighbours.subList(0, neighbours.size() / 2)) {
      hide(neighbour);
      purge(neighbour);
    }
    checkApp(one, other);
    for (ImageId image : images) {
      hide(image);
      checkApp(one, other);
    }
    for (ImageId image : images) {
      purge(image);
      checkApp(one, other);
    }
    for (ProjectId project : List.of(one, other, one)) {
      ImageId _ = catalogue.publishImage(catalogue.addNamespace(project), "app");
      checkApp(one, other);
    }
  }

  /** Though these are more than the block of one project that they are in had up to the other. */
  @Test
  void imagesThatCameSinceAndAreBeingDeletedComeBeforeNoOthers() {
    content.clear();
    ProjectId one = Catalogue.aProject();
    ProjectId other = Catalogue.aProject();
    for (int second : new int[] {0, 1, 10, 11, 30, 31, 32, 33}) publishApp(one, second);
    for (int second : new int[] {2, 3, 12, 13, 14, 34, 35, 36}) publishApp(other, second);
    keeper.refresh(2);

    for (int i = 0; i < 5; i++) hide(publishApp(one, 20));

    checkApp(one, other);
  }

  private ImageId publishApp(ProjectId project, int second) {
    Namespace namespace = catalogue.addNamespace(project);
    Instant now = Catalogue.START.plusSeconds(second);
    return catalogue.transaction(
        () -> {
          ImageId image = catalogue.images().findOrAdd(namespace.id(), APP, now);
          catalogue.images().touch(image, 0, now);
          return image;
        });
  }

  private void hide(ImageId image) {
    catalogue.run(
        () ->
            session
                .createNativeMutationQuery("update image set status = 'DELETING' where id = :id")
                .setParameter("id", image.value())
                .executeUpdate());
  }

  private void purge(ImageId image) {
    catalogue.run(
        () -> {
          var _ = catalogue.images().purge(image, 100);
        });
  }

  private void checkApp(ProjectId one, ProjectId other) {
    check.allPages(Set.of(one), APP);
    check.allPages(Set.of(one, other), APP);
  }

  @Test
  void landmarksThatBecameTooManyAreMerged() {
    Namespace namespace = catalogue.addNamespace(first.id());
    for (int i = 0; i < 20; i++) {
      ImageId _ = catalogue.publishImage(namespace, "image-" + i);
    }
    keeper.refresh(1);
    long before = landmarksByCreation(first);
    keeper.refresh(20);

    assertThat(before).isGreaterThanOrEqualTo(10);
    assertThat(landmarksByCreation(first)).isLessThan(before / 2);
    checkBoth();
  }

  @Test
  void nothingIsLostOrCountedTwiceWhileOthersChangeLists() {
    List<ChangingProject> others = Stream.generate(this::aProject).limit(3).toList();
    CompletableFuture<?> all =
        CompletableFuture.allOf(
            others.stream()
                .map(project -> AtOnce.start(() -> changeOften(project)))
                .toArray(CompletableFuture[]::new));
    Set<ProjectId> projects = Set.of(others.get(0).id(), others.get(1).id(), others.get(2).id());
    while (!all.isDone()) {
      keeper.refresh(BLOCK);
      for (ImageOrder order : ImageOrder.values()) {
        check.oneSnapshot(projects, Optional.empty(), order, 1 + random.nextInt(20));
        check.oneSnapshot(projects, Optional.of(APP), order, 1 + random.nextInt(10));
      }
    }
    var _ = AtOnce.join(all);

    check.allPages(projects);
    keeper.refresh(BLOCK);
    check.allPages(projects);
  }

  @Test
  void aPushToAnImageThatIsThereChangesNoList() {
    Namespace namespace = catalogue.addNamespace(first.id());
    ImageId image = catalogue.publishImage(namespace, "app");
    keeper.refresh(BLOCK);

    catalogue.run(() -> catalogue.images().touch(image, 1, Catalogue.START));
    ImageId _ = catalogue.addImage(namespace, "not-published");

    assertThat(count("list_change")).isZero();
  }

  @Test
  void aListThatFailsDoesNotHoldUpTheOthers() {
    catalogue.run(
        () ->
            session
                .createNativeMutationQuery(
                    """
                    insert into landmark
                    select 'A LIST OF A NEWER VERSION', :project, 'fr-par', '', '-infinity',
                           :project, 1000, 0
                    """)
                .setParameter("project", first.id().value())
                .executeUpdate());

    assertThatThrownBy(() -> keeper.refresh(BLOCK)).isInstanceOf(IllegalArgumentException.class);

    assertThat(landmarks(first)).isGreaterThan(3);
    assertThat(landmarks(second)).isGreaterThan(3);
    checkBoth();
  }

  /** Refreshes, and checks, what a transaction has changed that is not committed yet. */
  private void changeOneWhileTheOtherIsChanging(ChangingProject one, ChangingProject other) {
    Runnable change = other.nextChange();
    try (var open =
        new OpenTransaction<>(
            catalogue.unitOfWork(),
            () -> {
              change.run();
              return true;
            })) {
      one.change();
      checkBoth();
      keeper.refresh(BLOCK);
      checkBoth();
      assertThat(open.commit()).isTrue();
    }
  }

  private void changeBoth() {
    for (int i = 0; i < 3; i++) {
      first.change();
      second.change();
    }
  }

  private boolean changeOften(ChangingProject project) {
    for (int i = 0; i < 100; i++) project.change();
    return true;
  }

  private void checkBoth() {
    check.allPages(Set.of(first.id()));
    check.allPages(Set.of(first.id(), second.id()));
  }

  /** With lists that are long for these blocks. */
  private ChangingProject aProject() {
    var project = new ChangingProject(catalogue, session, new Random(random.nextLong()));
    for (int i = 0; i < 30; i++) project.change();
    return project;
  }

  private long landmarksByCreation(ChangingProject project) {
    return count("landmark where list = 'IMAGES' and project_id = '" + project.id().value() + "'");
  }

  private long landmarks(ChangingProject project) {
    return count("landmark where project_id = '" + project.id().value() + "'");
  }

  private long count(String rows) {
    return catalogue.transaction(
        () ->
            session
                .createNativeQuery("select count(*) from " + rows, Long.class)
                .getSingleResult());
  }
}
