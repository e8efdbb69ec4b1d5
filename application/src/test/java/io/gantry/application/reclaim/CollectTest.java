package io.gantry.application.reclaim;

import static io.gantry.application.repository.DataPlane.LIMITS;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static io.gantry.domain.manifest.ManifestBuilder.anIndex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.application.reclaim.Collect.Round;
import io.gantry.application.repository.DataPlane;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.BlobContent;
import io.gantry.domain.blob.BlobStore;
import io.gantry.domain.blob.BlobWriter;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageName;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.reclaim.InMemoryGarbage;
import io.gantry.domain.reclaim.Reclaimed;
import io.gantry.domain.upload.Upload;
import io.gantry.domain.upload.UploadId;
import io.gantry.domain.upload.UploadRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class CollectTest {
  private final DataPlane plane = new DataPlane();
  private final ImageId app = plane.addImage("app");

  @Test
  void doesNothingInAFreshRegistry() {
    assertThat(collect().didNothing()).isTrue();
  }

  @Test
  void keepsWhatATagLeadsToForever() {
    Blob layer = plane.addBlob(app, "layer");
    plane.push(aManifest().layers(layer).build(), "latest");
    letLeasesEnd();
    assertThat(collect().didNothing()).isTrue();
    assertThat(plane.store.keys()).containsExactly(layer.key());
  }

  @Test
  void keepsWhatIsLeased() {
    Blob layer = plane.addBlob(app, "layer");
    plane.registry.clock.advance(LIMITS.lease().minusSeconds(1));
    assertThat(collect().didNothing()).isTrue();
    plane.push(aManifest().layers(layer).build(), "latest");
  }

  @Test
  void freesWhatNothingRefersToAndNobodyLeases() {
    plane.addBlob(app, "layer");
    plane.addBlob(plane.addImage("other"), "other layer");
    letLeasesEnd();
    assertThat(collect()).isEqualTo(new Round(0, 0, new Reclaimed(2, 16), 2));
    assertThat(plane.store.keys()).isEmpty();
    assertThat(plane.registry.tombstones).isEmpty();
    assertThat(collect().didNothing()).isTrue();
  }

  @Test
  void endsExpiredUploads() {
    StorageKey key = new StorageKey(UUID.randomUUID());
    Upload upload = Upload.start(new UploadId(UUID.randomUUID()), app, key);
    plane.unitOfWork.run(() -> plane.uploads.add(upload, LIMITS.idle()));
    plane.store.append(key, ByteSize.ZERO).close();
    assertThat(collect().expiredUploads()).isZero();
    plane.registry.clock.advance(LIMITS.idle().plusSeconds(1));
    assertThat(collect().expiredUploads()).isEqualTo(1);
    plane.registry.clock.advance(UploadRepository.LATE_WRITER);
    assertThat(collect().objects()).isEqualTo(1);
    assertThat(plane.store.keys()).isEmpty();
  }

  @Test
  void removesImagesThatWereNeverPublished() {
    plane.registry.clock.advance(Duration.ofDays(1));
    var _ = collect();
    assertThat(plane.registry.images).isEmpty();
  }

  @Test
  void removesADeletedNamespaceWithAllItHolds() {
    fill();
    deleteDemo();
    assertThat(plane.registry.namespaces).hasSize(1);
    Round round = collect();
    assertThat(round.deleted()).isEqualTo(3);
    assertThat(plane.registry.namespaces).isEmpty();
    requireEmpty();
  }

  @Test
  void countsAnImageOnceHoweverManyStepsItTakes() {
    for (int i = 0; i < 1200; i++) plane.push(anIndex().build(), "t" + i);
    deleteDemo();
    assertThat(collect().deleted()).isEqualTo(2);
  }

  @Test
  void keepsALayerThatAnImageElsewhereShares() {
    fill();
    ImageId elsewhere = imageElsewhere();
    Blob shared = plane.addBlob(elsewhere, "layer");
    deleteDemo();
    var _ = collect();
    assertThat(plane.registry.blobs).containsOnlyKeys(shared.digest());
    assertThat(plane.store.keys()).containsExactly(shared.key());
    assertThat(plane.registry.images).containsOnlyKeys(elsewhere);
  }

  @Test
  void canBeCutOffAfterAnyTransactionAndRunAgain() {
    boolean finished = false;
    for (int steps = 0; !finished; steps++) {
      CollectTest fresh = new CollectTest();
      fresh.fill();
      fresh.deleteDemo();
      finished = fresh.roundOf(steps);
      fresh.plane.registry.clock.advance(Duration.ofMinutes(2));
      var _ = fresh.collect();
      fresh.requireEmpty();
      assertThat(fresh.collect().didNothing()).isTrue();
    }
  }

  @Test
  void triesAgainLaterWhatTheStoreCouldNotDelete() {
    Blob layer = plane.addBlob(app, "layer");
    letLeasesEnd();
    BlobStore broken = new BrokenStore(plane.store);
    assertThatThrownBy(() -> collect(plane.unitOfWork, broken)).isInstanceOf(PowerLoss.class);
    assertThat(plane.registry.tombstones).containsOnlyKeys(layer.key());
    assertThat(collect().objects()).isZero();
    plane.registry.clock.advance(Duration.ofMinutes(2));
    assertThat(collect().objects()).isEqualTo(1);
    assertThat(plane.store.keys()).isEmpty();
  }

  private Round collect() {
    return collect(plane.unitOfWork, plane.store);
  }

  private Round collect(UnitOfWork unitOfWork, BlobStore store) {
    return new Collect(
            plane.namespaces,
            plane.images,
            plane.uploads,
            new InMemoryGarbage(plane.registry),
            store,
            unitOfWork)
        .handle();
  }

  /** Runs a round that is cut off after some transactions; whether it came to its end before. */
  private boolean roundOf(int transactions) {
    try {
      var _ = collect(new CutUnitOfWork(plane.unitOfWork, transactions), plane.store);
      return true;
    } catch (PowerLoss _) {
      return false;
    }
  }

  /** Two images with manifests, tags, an index, an open upload, and a blob that nothing uses. */
  private void fill() {
    Blob layer = plane.addBlob(app, "layer");
    var child = aManifest().config(plane.addBlob(app, "{}")).layers(layer).build();
    plane.push(child, "latest");
    plane.push(anIndex().children(child).build(), "index");
    ImageId other = plane.addImage("other");
    plane.addBlob(other, "layer");
    plane.addBlob(other, "unused");
    StorageKey key = new StorageKey(UUID.randomUUID());
    Upload upload = Upload.start(new UploadId(UUID.randomUUID()), other, key);
    plane.unitOfWork.run(() -> plane.uploads.add(upload, LIMITS.idle()));
    plane.store.append(key, ByteSize.ZERO).close();
  }

  private ImageId imageElsewhere() {
    NamespaceId namespace = plane.addNamespace("elsewhere", plane.project);
    return plane.unitOfWork.inTransaction(
        () ->
            plane.images.findOrAdd(
                namespace, new ImageName("app"), plane.registry.clock.instant()));
  }

  private void deleteDemo() {
    Instant now = plane.registry.clock.instant();
    plane.unitOfWork.run(
        () -> {
          plane.namespaces.update(plane.namespace(plane.demo).delete(now));
          plane.images.deleteAll(plane.demo, now);
        });
  }

  private void letLeasesEnd() {
    plane.registry.clock.advance(LIMITS.lease().plusSeconds(1));
  }

  private void requireEmpty() {
    assertThat(plane.registry.namespaces).isEmpty();
    assertThat(plane.registry.images).isEmpty();
    assertThat(plane.registry.manifests).isEmpty();
    assertThat(plane.registry.tags).isEmpty();
    assertThat(plane.registry.links).isEmpty();
    assertThat(plane.registry.uploads).isEmpty();
    assertThat(plane.registry.blobs).isEmpty();
    assertThat(plane.registry.tombstones).isEmpty();
    assertThat(plane.store.keys()).isEmpty();
  }

  private static final class PowerLoss extends RuntimeException {}

  private static final class CutUnitOfWork implements UnitOfWork {
    private final UnitOfWork real;
    private int left;

    CutUnitOfWork(UnitOfWork real, int left) {
      this.real = real;
      this.left = left;
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
      if (left-- == 0) throw new PowerLoss();
      return real.inTransaction(work);
    }
  }

  /** A store that loses its power at the first deletion. */
  private record BrokenStore(BlobStore real) implements BlobStore {
    @Override
    public BlobWriter append(StorageKey key, ByteSize from) {
      return real.append(key, from);
    }

    @Override
    public Optional<BlobContent> open(StorageKey key) {
      return real.open(key);
    }

    @Override
    public void delete(StorageKey key) {
      throw new PowerLoss();
    }

    @Override
    public void probe() {
      real.probe();
    }
  }
}
