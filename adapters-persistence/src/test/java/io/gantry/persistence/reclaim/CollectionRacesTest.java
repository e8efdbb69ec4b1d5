package io.gantry.persistence.reclaim;

import static io.gantry.domain.link.Contents.blobOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.gantry.domain.blob.Blob;
import io.gantry.domain.error.RegistryError.PreconditionFailed;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.reclaim.Garbage;
import io.gantry.domain.reclaim.Reclaimed;
import io.gantry.persistence.AtOnce;
import io.gantry.persistence.Constraints;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Collection against pushes, each in a transaction of its own, in both orders. "Uncommitted" is
 * what the other transaction has done when the one under test begins.
 */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class CollectionRacesTest {
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private static final String FOREIGN_KEY_VIOLATION = "23503";

  private static final String REFER =
      """
      insert into manifest_blob (image_id, manifest, digest, role, held)
      values (?, 'm', ?, 'L', ?)
      """;

  private static final String ADD_MANIFEST =
      """
      insert into manifest (image_id, digest, media_type, body, created_at)
      values (?, 'm', 'application/json', '', now())
      """;

  private static final String LINK =
      "insert into blob_link (image_id, digest, leased_until) values (?, ?, now())";

  @Inject BlobLinks links;
  @Inject Garbage garbage;
  @Inject PostgresContent content;
  @Inject DataSource dataSource;

  private OtherSession other;
  private ImageId image;
  private Blob blob;

  @BeforeEach
  void arrangeALinkWhoseLeaseIsOver() {
    content.clear();
    other = new OtherSession(dataSource);
    image = content.anImage();
    blob = inTransaction(() -> links.add(image, blobOf("content"), LEASE));
    other.execute(ADD_MANIFEST, image.value());
    other.commit();
    content.letTimePass(LEASE.plusSeconds(1));
  }

  @AfterEach
  void rollBack() {
    other.close();
  }

  @Test
  void theForeignKeyStopsADeletionWhosePredicateIsStale() {
    refer(other);
    try (OtherSession collector = new OtherSession(dataSource)) {
      CompletableFuture<Integer> deletion =
          collector.start(
              """
              delete from blob_link l where l.digest = ? and not exists (
                select from manifest_blob m where m.image_id = l.image_id and m.held = l.digest)
              """,
              blob.digest().toString());
      awaitBlocked(1);
      other.commit();

      assertThatThrownBy(() -> AtOnce.join(deletion)).satisfies(this::isForeignKeyViolation);
    }
    assertThat(isLinked()).isTrue();
  }

  @Test
  void removalBehindAnUncommittedReferenceIsRefused() {
    refer(other);
    CompletableFuture<Boolean> removal =
        AtOnce.start(() -> inTransaction(() -> links.remove(image, blob.digest())));
    awaitBlocked(1);
    other.commit();

    assertThatThrownBy(() -> AtOnce.join(removal))
        .cause()
        .asInstanceOf(type(RegistryException.class))
        .extracting(RegistryException::error)
        .isInstanceOf(PreconditionFailed.class);
    assertThat(isLinked()).isTrue();
  }

  @Test
  void collectionPassesByAnUncommittedReferenceWithoutWaiting() {
    refer(other);

    assertThat(unlinkUnused()).isZero();

    other.commit();
    assertThat(unlinkUnused()).isZero();
    assertThat(isLinked()).isTrue();
  }

  @Test
  void aReferenceBehindAnUncommittedCollectionIsRefused() {
    CompletableFuture<Integer> reference =
        inTransaction(
            () -> {
              assertThat(garbage.unlinkUnused(10)).isOne();
              CompletableFuture<Integer> waiting =
                  other.start(
                      REFER, image.value(), blob.digest().toString(), blob.digest().toString());
              awaitBlocked(1);
              return waiting;
            });

    assertThatThrownBy(() -> AtOnce.join(reference)).satisfies(this::isForeignKeyViolation);
    assertThat(isLinked()).isFalse();
  }

  @Test
  void collectionPassesByAnUncommittedRenewal() {
    inTransaction(
        () -> {
          assertThat(links.findAndLease(image, blob.digest(), LEASE)).contains(blob);
          CompletableFuture<Long> collection = AtOnce.start(this::unlinkUnused);
          assertThat(AtOnce.join(collection)).isZero();
          return true;
        });

    assertThat(unlinkUnused()).isZero();
    assertThat(content.isLeased(image, blob.digest())).isTrue();
  }

  @Test
  void aDeletionThatWaitedForARenewalLooksAtTheNewLease() {
    other.execute("update blob_link set leased_until = now() + interval '1 hour'");
    try (OtherSession collector = new OtherSession(dataSource)) {
      CompletableFuture<Integer> deletion =
          collector.start("delete from blob_link where leased_until < now()");
      awaitBlocked(1);
      other.commit();

      assertThat(AtOnce.join(deletion)).isZero();
    }
    assertThat(isLinked()).isTrue();
  }

  @Test
  void aRenewalBehindAnUncommittedCollectionFindsNothing() {
    CompletableFuture<Optional<Blob>> renewal =
        behindUncommitted(
            () -> assertThat(garbage.unlinkUnused(10)).isOne(),
            () -> links.findAndLease(image, blob.digest(), LEASE));

    assertThat(AtOnce.join(renewal)).isEmpty();
  }

  @Test
  void aMountBehindAnUncommittedCollectionFindsNothing() {
    ImageId target = content.anImage();
    CompletableFuture<Boolean> mount =
        behindUncommitted(
            () -> assertThat(garbage.unlinkUnused(10)).isOne(),
            () -> links.mount(target, image, blob.digest(), LEASE));

    assertThat(AtOnce.join(mount)).isFalse();
  }

  @Test
  void twoRenewalsAtOnceBothSucceed() {
    CompletableFuture<Optional<Blob>> second =
        behindUncommitted(
            () -> assertThat(links.findAndLease(image, blob.digest(), LEASE)).contains(blob),
            () -> links.findAndLease(image, blob.digest(), LEASE));

    assertThat(AtOnce.join(second)).contains(blob);
  }

  @Test
  void burialPassesByABlobWithAnUncommittedLink() {
    assertThat(unlinkUnused()).isOne();
    other.execute(LINK, image.value(), blob.digest().toString());

    assertThat(inTransaction(() -> garbage.buryUnlinked(10))).isEqualTo(Reclaimed.NOTHING);

    other.commit();
    assertThat(inTransaction(() -> garbage.buryUnlinked(10))).isEqualTo(Reclaimed.NOTHING);
    assertThat(content.tombstones()).isEmpty();
    assertThat(content.hasBlob(blob.digest())).isTrue();
  }

  @Test
  void theForeignKeyStopsABurialWhosePredicateIsStale() {
    assertThat(unlinkUnused()).isOne();
    other.execute(LINK, image.value(), blob.digest().toString());
    try (OtherSession collector = new OtherSession(dataSource)) {
      CompletableFuture<Integer> burial =
          collector.start(
              """
              with dead as (
                delete from blob b
                where not exists (select from blob_link l where l.digest = b.digest)
                returning storage_key
              )
              insert into tombstone (storage_key) select storage_key from dead
              """);
      awaitBlocked(1);
      other.commit();

      assertThatThrownBy(() -> AtOnce.join(burial)).satisfies(this::isForeignKeyViolation);
    }
    assertThat(content.tombstones()).isEmpty();
    assertThat(content.hasBlob(blob.digest())).isTrue();
  }

  @Test
  void addingBehindAnUncommittedBurialKeepsTheNewBytes() {
    assertThat(unlinkUnused()).isOne();
    Blob again = blobOf("content");
    CompletableFuture<Blob> addition =
        behindUncommitted(
            () -> assertThat(garbage.buryUnlinked(10).items()).isOne(),
            () -> links.add(image, again, LEASE));

    assertThat(AtOnce.join(addition)).isEqualTo(again);
    assertThat(content.tombstones()).containsExactly(blob.key());
    assertThat(content.isLeased(image, again.digest())).isTrue();
  }

  @Test
  void burialPassesByABlobThatIsBeingAddedAgain() {
    assertThat(unlinkUnused()).isOne();
    Blob again = blobOf("content");
    inTransaction(
        () -> {
          assertThat(links.add(image, again, LEASE)).isEqualTo(blob);
          CompletableFuture<Reclaimed> burial =
              AtOnce.start(() -> inTransaction(() -> garbage.buryUnlinked(10)));
          assertThat(AtOnce.join(burial)).isEqualTo(Reclaimed.NOTHING);
          return true;
        });

    assertThat(content.tombstones()).containsExactly(again.key());
    assertThat(isLinked()).isTrue();
  }

  @Test
  void collectorsAtOnceShareTheWork() {
    for (int i = 0; i < 20; i++) {
      Blob one = blobOf("content " + i);
      inTransaction(() -> links.add(image, one, LEASE));
    }
    content.letTimePass(LEASE.plusSeconds(1));

    List<Long> unlinked = AtOnce.call(4, _ -> unlinkUnused(100));
    assertThat(unlinked.stream().mapToLong(Long::longValue).sum() + unlinkUnused(100))
        .isEqualTo(21);
    List<Reclaimed> buried = AtOnce.call(4, _ -> inTransaction(() -> garbage.buryUnlinked(100)));
    Reclaimed rest = inTransaction(() -> garbage.buryUnlinked(100));
    assertThat(buried.stream().reduce(rest, Reclaimed::plus).items()).isEqualTo(21);
    assertThat(content.tombstones()).hasSize(21);
  }

  /** Starts {@code second} once {@code first} is done, and commits the first when it waits. */
  private <T> CompletableFuture<T> behindUncommitted(Runnable first, Supplier<T> second) {
    return inTransaction(
        () -> {
          first.run();
          CompletableFuture<T> waiting = AtOnce.start(() -> inTransaction(second));
          awaitBlocked(1);
          return waiting;
        });
  }

  private void refer(OtherSession session) {
    session.execute(REFER, image.value(), blob.digest().toString(), blob.digest().toString());
  }

  private boolean isLinked() {
    return inTransaction(() -> links.find(image, blob.digest())).isPresent();
  }

  private long unlinkUnused() {
    return unlinkUnused(10);
  }

  private long unlinkUnused(int limit) {
    return inTransaction(() -> garbage.unlinkUnused(limit));
  }

  private <T> T inTransaction(Supplier<T> work) {
    return content.unitOfWork().inTransaction(work);
  }

  private void isForeignKeyViolation(Throwable failure) {
    assertThat(Constraints.sqlState(failure)).contains(FOREIGN_KEY_VIOLATION);
  }

  /** Returns when that many sessions wait for a lock. */
  private void awaitBlocked(int sessions) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (content.blockedSessions() < sessions) {
      assertThat(System.nanoTime()).as("nobody waits for a lock").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
