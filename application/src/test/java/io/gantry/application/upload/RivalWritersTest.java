package io.gantry.application.upload;

import static io.gantry.application.repository.DataPlane.digestOf;
import static io.gantry.application.repository.DataPlane.failureOf;
import static io.gantry.application.upload.Uploads.after;
import static io.gantry.application.upload.Uploads.body;
import static io.gantry.application.upload.Uploads.chunk;
import static io.gantry.application.upload.Uploads.cutAfter;
import static io.gantry.application.upload.Uploads.pause;
import static io.gantry.application.upload.Uploads.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.repository.DataPlane;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.RangeInvalid;
import io.gantry.domain.error.RegistryError.SizeMismatch;
import io.gantry.domain.error.RegistryError.TransientState;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.upload.UploadId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two requests that write one session: the newer one wins, the older one spoils nothing. */
final class RivalWritersTest {
  private static final Digest HELLO = digestOf("hello");

  private final DataPlane plane = new DataPlane();
  private final Uploads uploads = new Uploads(plane);
  private final Uploads other = new Uploads(plane);
  private final UploadId id = uploads.start();

  @ParameterizedTest
  @MethodSource("smallAndLarge")
  void newerChunkFencesTheOlderOneOff(String old) {
    InputStream slow = during(old, () -> assertThat(other.append(id, body("hello"))).isEqualTo(5));
    assertThat(failureOf(() -> uploads.append(id, streamed(slow))))
        .isInstanceOf(TransientState.class);
    assertThat(uploads.length(id)).isEqualTo(5);
    uploads.commit(id, HELLO, ChunkBody.empty());
    assertThat(uploads.pulled(HELLO)).isEqualTo("hello");
  }

  @Test
  void whatIsLeftOfAnOlderChunkIsNotAddedToTheNewerOne() {
    InputStream newer =
        during("old", () -> assertThat(other.append(id, body("hello"))).isEqualTo(5));
    InputStream slow = new SequenceInputStream(newer, cutAfter(""));
    assertThat(failureOf(() -> uploads.append(id, streamed(slow))))
        .isInstanceOf(TransientState.class);
    assertThat(uploads.length(id)).isEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("smallAndLarge")
  void newerCommitFencesTheOlderChunkOff(String old) {
    InputStream slow = during(old, () -> other.commit(id, HELLO, body("hello")));
    assertThat(failureOf(() -> uploads.append(id, streamed(slow))))
        .isInstanceOfAny(TransientState.class, NotFound.class);
    assertThat(uploads.pulled(HELLO)).isEqualTo("hello");
    assertThat(plane.store.keys()).hasSize(1);
  }

  @Test
  void sameCommitTwiceAtOnceSucceedsTwice() {
    InputStream slow = during("hello", () -> other.commit(id, HELLO, body("hello")));
    uploads.commit(id, HELLO, streamed(slow));
    assertThat(uploads.pulled(HELLO)).isEqualTo("hello");
    assertThat(plane.store.keys()).hasSize(1);
  }

  @Test
  void sameSmallCommitTwiceAtOnceSucceedsTwice() {
    uploads.commit(id, HELLO, after(() -> other.commit(id, HELLO, body("hello")), "hello"));
    assertThat(uploads.pulled(HELLO)).isEqualTo("hello");
    assertThat(plane.store.keys()).hasSize(1);
  }

  @Test
  void sameCommitOfWhatWasAppendedTwiceAtOnceSucceedsTwice() {
    uploads.append(id, body("hello"));
    Uploads stalled =
        new Uploads(
            plane,
            new Interrupted(plane.unitOfWork, () -> other.commit(id, HELLO, ChunkBody.empty())));
    stalled.commit(id, HELLO, ChunkBody.empty());
    assertThat(uploads.pulled(HELLO)).isEqualTo("hello");
    assertThat(plane.store.keys()).hasSize(1);
  }

  @Test
  void commitOfOtherContentAtOnceIsRefused() {
    Digest world = digestOf("world");
    ChunkBody slow = after(() -> other.commit(id, HELLO, body("hello")), "world");
    assertThat(failureOf(() -> uploads.commit(id, world, slow)))
        .isEqualTo(new NotFound(ResourceType.UPLOAD, id.toString()));
    assertThat(failureOf(() -> uploads.pulled(world))).isInstanceOf(NotFound.class);
  }

  @Test
  void chunkThatIsNotAsLongAsItSaysLeavesTheOneUnderWayAlone() {
    ChunkBody bad = chunk("xx", 0, 4);
    InputStream slow =
        during(
            "hello",
            () ->
                assertThat(failureOf(() -> other.append(id, bad)))
                    .isEqualTo(new SizeMismatch(5, 2)));
    assertThat(uploads.append(id, streamed(slow))).isEqualTo(5);
  }

  @Test
  void misplacedChunkLeavesTheOneUnderWayAlone() {
    InputStream slow =
        during(
            "hello",
            () ->
                assertThat(failureOf(() -> other.append(id, chunk("x", 5, 5))))
                    .isEqualTo(new RangeInvalid(id.toString(), 0)));
    assertThat(uploads.append(id, streamed(slow))).isEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("smallAndLarge")
  void cancelEndsTheOneUnderWay(String text) {
    InputStream slow = during(text, () -> other.cancel(id));
    assertThat(failureOf(() -> uploads.append(id, streamed(slow))))
        .isInstanceOfAny(TransientState.class, NotFound.class);
    assertThat(plane.registry.uploads).isEmpty();
  }

  /** A body that is read before its request becomes the writer, and one that is not. */
  static List<String> smallAndLarge() {
    return List.of("old ", "0123456789abcdef".repeat(20_000));
  }

  /** A body of which {@code text} comes first, and the rest after {@code meanwhile} has run. */
  private static InputStream during(String text, Runnable meanwhile) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return new SequenceInputStream(new ByteArrayInputStream(bytes), pause(meanwhile));
  }
}
