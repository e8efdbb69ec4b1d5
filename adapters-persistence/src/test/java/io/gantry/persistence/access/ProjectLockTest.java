package io.gantry.persistence.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.access.KeyRepository;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.ProjectOwners;
import io.gantry.domain.identity.Label;
import io.gantry.domain.identity.Origin;
import io.gantry.domain.identity.ProjectDetails;
import io.gantry.domain.identity.ProjectRepository;
import io.gantry.persistence.AtOnce;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever removes a project and whoever puts something into it do not pass each other by. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class ProjectLockTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  private final OrganizationId organization = new OrganizationId(UUID.randomUUID());
  private final ProjectId id = new ProjectId(UUID.randomUUID());

  @Inject KeyRepository keys;
  @Inject ProjectRepository projects;
  @Inject ProjectOwners owners;
  @Inject PostgresContent content;

  @BeforeEach
  void addProject() {
    content.clear();
    content.unitOfWork().run(this::add);
  }

  private void add() {
    projects.add(
        new ProjectDetails(id, organization, new Label("project", ""), Origin.MADE, THEN, THEN));
  }

  @Test
  void whoeverComesBehindARemovalFindsNothing() {
    CompletableFuture<Optional<Project>> late =
        in(
            () -> {
              assertThat(projects.findLocked(id)).isPresent();
              var waiting = AtOnce.start(() -> in(() -> keys.findProjectLocked(id)));
              awaitBlockedSession();
              projects.remove(id);
              return waiting;
            });

    assertThat(AtOnce.join(late)).isEmpty();
  }

  @Test
  void aRemovalWaitsForWhoeverPutsSomethingIn() {
    CompletableFuture<Optional<ProjectDetails>> removal =
        in(
            () -> {
              assertThat(keys.findProjectLocked(id)).isPresent();
              var waiting = AtOnce.start(() -> in(() -> projects.findLocked(id)));
              awaitBlockedSession();
              return waiting;
            });

    assertThat(AtOnce.join(removal)).isPresent();
  }

  @Test
  void thoseWhoPutSomethingInDoNotWaitForEachOther() {
    Optional<Project> second =
        in(
            () -> {
              assertThat(keys.findProjectLocked(id)).isPresent();
              return AtOnce.join(AtOnce.start(() -> in(() -> keys.findProjectLocked(id))));
            });

    assertThat(second).isPresent();
  }

  @Test
  void itsOwnerIsKnownWithAndWithoutATransaction() {
    assertThat(owners.ownerOf(id)).contains(organization);
    assertThat(in(() -> owners.ownerOf(id))).contains(organization);
    assertThat(owners.ownerOf(new ProjectId(UUID.randomUUID()))).isEmpty();
  }

  private <T> T in(Supplier<T> work) {
    return content.unitOfWork().inTransaction(work);
  }

  private void awaitBlockedSession() {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (content.blockedSessions() == 0) {
      assertThat(System.nanoTime()).as("nobody waits for the lock").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
