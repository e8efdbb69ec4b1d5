package io.gantry.application.upload;

import static io.gantry.application.repository.DataPlane.APP;
import static io.gantry.application.repository.DataPlane.REGION;
import static io.gantry.application.repository.DataPlane.digestOf;
import static io.gantry.application.repository.DataPlane.failureOf;
import static io.gantry.application.upload.Uploads.body;
import static io.gantry.application.upload.Uploads.chunk;
import static io.gantry.application.upload.Uploads.cutAfter;
import static io.gantry.application.upload.Uploads.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.repository.DataPlane;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.error.RegistryError.BodyTimeout;
import io.gantry.domain.error.RegistryError.DigestMismatch;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.RangeInvalid;
import io.gantry.domain.error.RegistryError.SizeMismatch;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.upload.UploadId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CommitUploadTest {
  private static final Digest HELLO = digestOf("hello");

  private final DataPlane plane = new DataPlane();
  private final Uploads uploads = new Uploads(plane);
  private final UploadId id = uploads.start();

  @Test
  void takesTheWholeBlobInItsBody() {
    uploads.commit(id, HELLO, body("hello"));
    assertThat(uploads.pulled(HELLO)).isEqualTo("hello");
  }

  @Test
  void takesTheLastChunkInItsBody() {
    uploads.append(id, body("hel"));
    uploads.commit(id, HELLO, chunk("lo", 3, 4));
    assertThat(uploads.pulled(HELLO)).isEqualTo("hello");
  }

  @Test
  void takesABodyOfUnknownLengthThatTurnsOutEmpty() {
    uploads.append(id, body("hello"));
    uploads.commit(id, HELLO, streamed(body("").stream()));
    assertThat(uploads.pulled(HELLO)).isEqualTo("hello");
  }

  @Test
  void takesTheEmptyBlob() {
    uploads.commit(id, digestOf(""), ChunkBody.empty());
    assertThat(uploads.pulled(digestOf(""))).isEmpty();
    assertThat(plane.store.keys()).hasSize(1);
  }

  @Test
  void takesTheEmptyBlobAfterAnEmptyChunk() {
    uploads.append(id, body(""));
    uploads.commit(id, digestOf(""), streamed(body("").stream()));
    assertThat(uploads.pulled(digestOf(""))).isEmpty();
  }

  @Test
  void verifiesSha512() {
    Digest digest = Digest.of(DigestAlgorithm.SHA512, "hello".getBytes(StandardCharsets.UTF_8));
    uploads.commit(id, digest, body("hello"));
    assertThat(uploads.pulled(digest)).isEqualTo("hello");
    UploadId inChunks = uploads.start();
    uploads.append(inChunks, body("hel"));
    uploads.commit(inChunks, digest, body("lo"));
    Digest wrong = Digest.of(DigestAlgorithm.SHA512, new byte[0]);
    UploadId bad = uploads.start();
    assertThat(failureOf(() -> uploads.commit(bad, wrong, body("hello"))))
        .isEqualTo(new DigestMismatch(wrong.toString(), digest.toString()));
  }

  @Test
  void readsTheBytesAgainWhereTheirDigestIsNotKnown() {
    Uploads other = new Uploads(plane);
    uploads.append(id, body("he"));
    other.append(id, body("ll"));
    assertThat(plane.uploads.find(plane.addImage("app"), id).orElseThrow().content()).isEmpty();
    uploads.commit(id, HELLO, body("o"));
    assertThat(uploads.pulled(HELLO)).isEqualTo("hello");
  }

  @Test
  void endsTheSessionWhenTheContentIsAnother() {
    assertThat(failureOf(() -> uploads.commit(id, HELLO, body("other"))))
        .isEqualTo(new DigestMismatch(HELLO.toString(), digestOf("other").toString()));
    assertThat(failureOf(() -> uploads.length(id))).isInstanceOf(NotFound.class);
    assertThat(failureOf(() -> uploads.commit(id, digestOf("other"), ChunkBody.empty())))
        .isEqualTo(new NotFound(ResourceType.UPLOAD, id.toString()));
    assertThat(plane.registry.blobs).isEmpty();
    assertThat(plane.registry.tombstones).hasSize(1);
  }

  @Test
  void keepsTheSessionWhenTheLastChunkIsInTheWrongPlace() {
    uploads.append(id, body("hel"));
    assertThat(failureOf(() -> uploads.commit(id, HELLO, chunk("lo", 2, 3))))
        .isEqualTo(new RangeInvalid(id.toString(), 3));
    assertThat(failureOf(() -> uploads.commit(id, HELLO, chunk("lo", 3, 9))))
        .isEqualTo(new SizeMismatch(7, 2));
    assertThat(uploads.length(id)).isEqualTo(3);
    uploads.commit(id, HELLO, chunk("lo", 3, 4));
    assertThat(uploads.pulled(HELLO)).isEqualTo("hello");
  }

  @Test
  void keepsWhatCameBeforeTheBodyWasCut() {
    assertThat(failureOf(() -> uploads.commit(id, HELLO, streamed(cutAfter("hel")))))
        .isInstanceOf(BodyTimeout.class);
    assertThat(uploads.length(id)).isEqualTo(3);
    uploads.commit(id, HELLO, body("lo"));
    assertThat(uploads.pulled(HELLO)).isEqualTo("hello");
  }

  @Test
  void continuesACutSha512UploadInEitherAlgorithm() {
    Digest sha512 = Digest.of(DigestAlgorithm.SHA512, "hello".getBytes(StandardCharsets.UTF_8));
    for (Digest digest : new Digest[] {sha512, HELLO}) {
      UploadId cut = uploads.start();
      assertThat(failureOf(() -> uploads.commit(cut, sha512, streamed(cutAfter("hel")))))
          .isInstanceOf(BodyTimeout.class);
      uploads.append(cut, body("l"));
      uploads.commit(cut, digest, body("o"));
      assertThat(uploads.pulled(digest)).isEqualTo("hello");
    }
  }

  @Test
  void givesTheSameAnswerToAClientThatLostIt() {
    uploads.commit(id, HELLO, body("hello"));
    uploads.commit(id, HELLO, body("hello"));
    uploads.commit(id, HELLO, ChunkBody.empty());
    assertThat(failureOf(() -> uploads.commit(id, digestOf("other"), ChunkBody.empty())))
        .isEqualTo(new NotFound(ResourceType.UPLOAD, id.toString()));
  }

  @Test
  void takesWhatWasAppendedBefore() {
    for (ChunkBody first : List.of(body("hello"), chunk("hello", 0, 4))) {
      UploadId one = uploads.start();
      uploads.append(one, first);
      uploads.commit(one, HELLO, ChunkBody.empty());
      uploads.commit(one, HELLO, ChunkBody.empty());
    }
    assertThat(plane.registry.blobs).hasSize(1);
    assertThat(uploads.pulled(HELLO)).isEqualTo("hello");
  }

  @Test
  void endsTheSessionWhenWhatWasAppendedIsAnother() {
    uploads.append(id, body("other"));
    assertThat(failureOf(() -> uploads.commit(id, HELLO, ChunkBody.empty())))
        .isEqualTo(new DigestMismatch(HELLO.toString(), digestOf("other").toString()));
    assertThat(failureOf(() -> uploads.length(id))).isInstanceOf(NotFound.class);
    assertThat(plane.registry.tombstones)
        .containsKeys(plane.store.keys().toArray(StorageKey[]::new));
  }

  @Test
  void takesWhatCameOfACutBodyIfThatIsWhatWasWanted() {
    assertThat(failureOf(() -> uploads.append(id, streamed(cutAfter("hello")))))
        .isInstanceOf(BodyTimeout.class);
    uploads.commit(id, HELLO, ChunkBody.empty());
    assertThat(uploads.pulled(HELLO)).isEqualTo("hello");
  }

  @Test
  void takesNothingThatWasAppendedToASessionThatHasExpired() {
    uploads.append(id, body("hello"));
    plane.registry.clock.advance(DataPlane.LIMITS.idle().plus(Duration.ofSeconds(1)));
    assertThat(failureOf(() -> uploads.commit(id, HELLO, ChunkBody.empty())))
        .isEqualTo(new NotFound(ResourceType.UPLOAD, id.toString()));
    assertThat(plane.registry.blobs).isEmpty();
  }

  @Test
  void remembersAClosedSessionForAWhileOnly() {
    uploads.commit(id, HELLO, body("hello"));
    plane.registry.clock.advance(DataPlane.LIMITS.remember().plus(Duration.ofSeconds(1)));
    assertThat(failureOf(() -> uploads.commit(id, HELLO, ChunkBody.empty())))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void storesTheSameContentOnce() {
    UploadId second = uploads.start();
    uploads.commit(id, HELLO, body("hello"));
    uploads.commit(second, HELLO, body("hello"));
    assertThat(plane.registry.blobs).hasSize(1);
    assertThat(plane.registry.tombstones.values())
        .filteredOn(due -> !due.isAfter(plane.registry.clock.instant()))
        .hasSize(1);
    assertThat(uploads.pulled(HELLO)).isEqualTo("hello");
  }

  @Test
  void findsNoSessionOfAnotherImage() {
    RepositoryPath other = RepositoryPath.parse("demo/other");
    plane.addImage("other");
    assertThat(
            failureOf(
                () -> uploads.commit.handle(plane.owner, REGION, other, id, HELLO, body("hello"))))
        .isEqualTo(new NotFound(ResourceType.UPLOAD, id.toString()));
    uploads.commit.handle(plane.owner, REGION, APP, id, HELLO, body("hello"));
  }
}
