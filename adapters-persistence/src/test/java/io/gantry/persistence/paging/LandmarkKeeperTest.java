package io.gantry.persistence.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.Catalogue;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageOrder;
import io.gantry.domain.namespace.Namespace;
import io.gantry.persistence.AtOnce;
import io.gantry.persistence.OpenTransaction;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
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
        check.oneSnapshot(projects, order, 1 + random.nextInt(20));
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
