package io.gantry.application.upload;

import static io.gantry.application.repository.DataPlane.digestOf;
import static io.gantry.application.repository.DataPlane.failureOf;
import static io.gantry.application.upload.Uploads.body;
import static io.gantry.application.upload.Uploads.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.application.reclaim.Collect;
import io.gantry.application.repository.DataPlane;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.TransientState;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.reclaim.InMemoryGarbage;
import io.gantry.domain.upload.UploadId;
import io.gantry.domain.upload.UploadRepository;
import org.junit.jupiter.api.Test;

/** A request that becomes a session's writer, or looks at it, and stalls before it stores bytes. */
final class StaleWriterTest {
  private final DataPlane plane = new DataPlane();
  private final Uploads newer = new Uploads(plane);
  private final UploadId id = newer.start();

  @Test
  void spoilsNothingThatANewerOneWasAcknowledged() {
    Uploads older = stalledUntil(() -> newer.append(id, body("hello")));
    assertThatThrownBy(() -> older.append(id, old())).isInstanceOf(RegistryException.class);
    newer.commit(id, digestOf("hello"), ChunkBody.empty());
    assertThat(newer.pulled(digestOf("hello"))).isEqualTo("hello");
  }

  @Test
  void leavesNothingUnnamedThoughItsSessionIsLongGone() {
    Uploads older =
        stalledUntil(
            () -> {
              newer.cancel(id);
              plane.registry.clock.advance(UploadRepository.LATE_WRITER.plusSeconds(1));
              var _ = collect().handle();
              assertThat(plane.registry.tombstones).isEmpty();
            });
    assertThat(failureOf(() -> older.append(id, old()))).isInstanceOf(TransientState.class);
    assertThat(plane.store.keys()).isEmpty();
    assertThat(plane.registry.tombstones).hasSize(1);
  }

  @Test
  void canStillOpenItsFileShortlyAfterTheEnd() {
    Uploads older =
        stalledUntil(
            () -> {
              newer.cancel(id);
              plane.registry.clock.advance(UploadRepository.LATE_WRITER.minusSeconds(1));
              var _ = collect().handle();
              assertThat(plane.registry.tombstones).hasSize(1);
            });
    assertThat(failureOf(() -> older.append(id, old()))).isInstanceOf(TransientState.class);
    assertThat(plane.store.keys()).isEmpty();
    plane.registry.clock.advance(UploadRepository.LATE_WRITER);
    var _ = collect().handle();
    assertThat(plane.registry.tombstones).isEmpty();
  }

  @Test
  void addsNothingBehindANewerOneThatItDidNotSee() {
    Uploads older = lookingUntil(() -> newer.append(id, body("hello")));
    assertThat(failureOf(() -> older.append(id, body("old")))).isInstanceOf(TransientState.class);
    assertThat(newer.length(id)).isEqualTo(5);
    assertThat(plane.store.keys()).hasSize(1);
    newer.commit(id, digestOf("hello"), ChunkBody.empty());
    assertThat(newer.pulled(digestOf("hello"))).isEqualTo("hello");
  }

  @Test
  void keepsNothingOfASmallBodyWhoseSessionIsGone() {
    Uploads older = lookingUntil(() -> newer.cancel(id));
    assertThat(failureOf(() -> older.append(id, body("old")))).isInstanceOf(NotFound.class);
    assertThat(plane.store.keys()).isEmpty();
  }

  /** What says where it belongs takes the ordinary way. */
  private static ChunkBody old() {
    return chunk("old", 0, 2);
  }

  private Collect collect() {
    return new Collect(
        plane.namespaces,
        plane.images,
        plane.uploads,
        new InMemoryGarbage(plane.registry),
        plane.store,
        plane.unitOfWork);
  }

  private Uploads stalledUntil(Runnable meanwhile) {
    return new Uploads(plane, new Interrupted(plane.unitOfWork, meanwhile));
  }

  /** As the image is known by then, the first thing it does is to look at the session. */
  private Uploads lookingUntil(Runnable meanwhile) {
    var _ = newer.start();
    return stalledUntil(meanwhile);
  }
}
