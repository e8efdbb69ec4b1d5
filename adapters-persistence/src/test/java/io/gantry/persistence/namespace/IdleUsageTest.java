package io.gantry.persistence.namespace;

import static io.gantry.domain.Catalogue.REGION;
import static io.gantry.domain.Catalogue.START;
import static io.gantry.domain.manifest.ManifestBuilder.aBlob;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.Catalogue;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.tag.PushIntake;
import io.gantry.domain.tag.SimplePush;
import io.gantry.domain.tag.TagName;
import io.gantry.persistence.AtOnce;
import io.gantry.persistence.OpenTransaction;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.gantry.persistence.manifest.Recount;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The usage of idle namespaces is merged while anything else changes it. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class IdleUsageTest {
  private static final int THREADS = 6;
  private static final int OPERATIONS = 50;
  private static final int IMAGES = 12;

  /** However lately it was pushed to. */
  private static final Duration ALL = Duration.ofDays(-1);

  /** What a replica of the version before says. */
  private static final String REMOVE_AS_BEFORE =
      """
      with gone as (
        delete from image where id = :id
        returning namespace_id, project_id, region, size, published
      ), counted as (
        update project_usage p set image_count = p.image_count - 1 from gone
        where gone.published and p.project_id = gone.project_id and p.region = gone.region
          and p.shard = :shard
      )
      update namespace_usage u set size = u.size - gone.size, image_count = u.image_count - 1
      from gone
      where gone.published and u.namespace_id = gone.namespace_id and u.shard = :shard
      """;

  @Inject Catalogue catalogue;
  @Inject PushIntake intake;
  @Inject IdleUsage usage;
  @Inject PostgresContent content;
  @Inject Recount recount;
  @Inject Session session;

  private Namespace namespace;
  private List<ImageId> images;

  @BeforeEach
  void fillShards() {
    content.clear();
    namespace = catalogue.addNamespace();
    images = IntStream.range(0, IMAGES).mapToObj(i -> push(namespace, "image-" + i)).toList();
    assertThat(rows(namespace)).as("rows that pushes write").isGreaterThan(1);
  }

  @AfterEach
  void requireExact() {
    recount.requireExact();
  }

  @Test
  void oneRowIsLeftOfAnIdleNamespace() {
    mergeAll();

    assertThat(rows(namespace)).isEqualTo(1);
    assertThat(catalogue.namespace(namespace.id()).usage().imageCount()).isEqualTo(IMAGES);

    ImageId _ = push(namespace, "another");
    assertThat(rows(namespace)).isEqualTo(2);
    mergeAll();
    assertThat(rows(namespace)).isEqualTo(1);
  }

  @Test
  void whatWasPushedToLatelyIsLeftAlone() {
    catalogue.run(() -> catalogue.images().touch(images.getFirst(), 0, Instant.now()));

    usage.merge(Duration.ofHours(1));

    assertThat(rows(namespace)).isEqualTo(2);
  }

  @Test
  void whatIsLockedIsPassedOver() {
    try (var pushing = open(() -> touch(images.getFirst()))) {
      mergeAll();
      assertThat(rows(namespace)).isEqualTo(2);
      assertThat(pushing.commit()).isTrue();
    }
  }

  @Test
  void aNamespaceThatIsLockedToBeRemovedIsPassedOver() {
    long before = rows(namespace);
    try (var removing =
        open(() -> catalogue.namespaces().findLocked(REGION, namespace.id()).isPresent())) {
      mergeAll();
      assertThat(rows(namespace)).isEqualTo(before);
      assertThat(removing.commit()).isTrue();
    }
  }

  @Test
  void aPushThatWaitedAddsItsRowAnew() {
    doWhileMerging(() -> catalogue.transaction(() -> touch(images.getFirst())));

    assertThat(rows(namespace)).isEqualTo(2);
  }

  @Test
  void aRemovalThatWaitedAddsItsRowAnew() {
    images.forEach(this::hide);

    doWhileMerging(() -> images.stream().allMatch(this::purge));
  }

  @Test
  void theTimeOfAChangeIsKept() {
    mergeAll();
    Instant later = START.plusSeconds(1);

    catalogue.run(() -> catalogue.images().update(find(images.getFirst()).delete(later)));
    assertThat(catalogue.namespace(namespace.id()).updatedAt()).isEqualTo(later);

    mergeAll();
    assertThat(catalogue.namespace(namespace.id()).updatedAt()).isEqualTo(later);
  }

  @Test
  void layersThatArriveLateAddTheirRowAnew() {
    Blob late = aBlob(5);
    var _ = catalogue.pushSparse(images.getFirst(), aManifest().layers(late).build(), "late");
    mergeAll();

    var _ = catalogue.addBlob(images.getFirst(), late);

    assertThat(catalogue.namespace(namespace.id()).usage().size().bytes()).isEqualTo(IMAGES + 5);
  }

  @Test
  void olderReplicasTakeImagesOffWhetherTheirRowIsThereOrNot() {
    images.forEach(this::hide);
    purgeAsBefore(images.get(0));
    recount.requireExact();
    mergeAll();
    purgeAsBefore(images.get(1));
    purgeAsBefore(images.get(2));
  }

  @Test
  void anOlderReplicaThatWaitedTakesItsImageOff() {
    images.forEach(this::hide);

    doWhileMerging(() -> images.stream().allMatch(this::purgeAsBefore));
  }

  @RepeatedTest(3)
  void everythingIsExactAfterAnythingAtOnce() {
    Pool pool = new Pool();
    long seed = System.nanoTime();

    var _ = AtOnce.call(THREADS, thread -> pool.doAnything(new Random(seed + thread)));

    recount.requireExact();
    assertThat(pool.merges).as("how often it was merged").isNotEmpty();
    mergeAll();
    pool.namespaces.forEach(one -> assertThat(rows(one)).isLessThanOrEqualTo(1));
  }

  /** Images of two namespaces, which come and go. */
  private final class Pool {
    private final List<Namespace> namespaces = List.of(namespace, catalogue.addNamespace());
    private final List<ImageId> there = new CopyOnWriteArrayList<>(images);
    private final List<Boolean> merges = new CopyOnWriteArrayList<>();

    boolean doAnything(Random random) {
      for (int i = 0; i < OPERATIONS; i++) {
        switch (random.nextInt(8)) {
          case 0 -> mergeOften();
          case 1 -> takeOne(random).forEach(IdleUsageTest.this::purge);
          case 2 -> takeOne(random).forEach(IdleUsageTest.this::purgeAsBefore);
          case 3, 4 -> pushTogether(random);
          default ->
              there.add(
                  push(
                      namespaces.get(random.nextInt(namespaces.size())),
                      UUID.randomUUID().toString()));
        }
      }
      return true;
    }

    private void mergeOften() {
      for (int i = 0; i < 5; i++) mergeAll();
      merges.add(true);
    }

    /** New tags of many images; those that are being removed are left out. */
    private void pushTogether(Random random) {
      List<SimplePush> pushes = new ArrayList<>();
      for (ImageId image : there) {
        if (random.nextBoolean()) pushes.add(aPush(image));
      }
      if (!pushes.isEmpty()) catalogue.run(() -> intake.take(pushes));
    }

    /** An image that is hidden from then on, if there is one. */
    private List<ImageId> takeOne(Random random) {
      List<ImageId> all = List.copyOf(there);
      if (all.isEmpty()) return List.of();
      ImageId one = all.get(random.nextInt(all.size()));
      if (!there.remove(one)) return List.of();
      hide(one);
      return List.of(one);
    }
  }

  /** An image with a layer of one byte. */
  private ImageId push(Namespace into, String name) {
    ImageId image = catalogue.addImage(into, name);
    Blob layer = catalogue.addBlob(image, 1);
    var _ = catalogue.push(image, aManifest().layers(layer).build(), "latest");
    return image;
  }

  private static SimplePush aPush(ImageId image) {
    return new SimplePush(
        image,
        aManifest().build(),
        new TagName("t" + UUID.randomUUID()),
        Catalogue.newTag(),
        START);
  }

  private boolean touch(ImageId image) {
    assertThat(catalogue.images().lockForPush(image)).isTrue();
    catalogue.images().touch(image, 0, START);
    return true;
  }

  private void hide(ImageId image) {
    catalogue.run(() -> catalogue.images().update(find(image).delete(START)));
  }

  private boolean purge(ImageId image) {
    return catalogue.transaction(() -> catalogue.images().purge(image, 1_000));
  }

  private boolean purgeAsBefore(ImageId image) {
    catalogue.run(
        () -> {
          lock(image);
          Stream.of("tag", "manifest_blob", "manifest", "image_layer", "blob_link")
              .forEach(table -> execute("delete from " + table + " where image_id = :id", image));
          var _ =
              on(REMOVE_AS_BEFORE, image)
                  .setParameter("shard", (short) (image.value().getLeastSignificantBits() & 15))
                  .executeUpdate();
        });
    return true;
  }

  private void lock(ImageId image) {
    var _ =
        session
            .createNativeQuery("select id from image where id = :id for update", UUID.class)
            .setParameter("id", image.value())
            .getSingleResult();
  }

  private void execute(String sql, ImageId image) {
    var _ = on(sql, image).executeUpdate();
  }

  private MutationQuery on(String sql, ImageId image) {
    return session.createNativeMutationQuery(sql).setParameter("id", image.value());
  }

  private Image find(ImageId image) {
    return catalogue.images().findLocked(REGION, image).orElseThrow();
  }

  /** Begins {@code work} when rows are merged, and commits that when it waits. */
  private void doWhileMerging(Supplier<Boolean> work) {
    try (var merging = open(() -> usage.mergeBatch(ALL))) {
      CompletableFuture<Boolean> working = AtOnce.start(work);
      awaitBlocked();
      assertThat(merging.commit()).isPositive();
      assertThat(AtOnce.join(working)).isTrue();
    }
  }

  private void mergeAll() {
    usage.merge(ALL);
  }

  private <T> OpenTransaction<T> open(Supplier<T> work) {
    return new OpenTransaction<>(catalogue.unitOfWork(), work);
  }

  private long rows(Namespace of) {
    return catalogue.transaction(
        () ->
            session
                .createNativeQuery(
                    "select count(*) from namespace_usage where namespace_id = :id", Long.class)
                .setParameter("id", of.id().value())
                .getSingleResult());
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
