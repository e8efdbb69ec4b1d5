package io.gantry.persistence.link;

import static io.gantry.domain.link.Contents.blobOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.reclaim.Garbage;
import io.gantry.persistence.AtOnce;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class AddAtOnceTest {
  private static final int THREADS = 16;
  private static final Duration LEASE = Duration.ofMinutes(10);

  @Inject BlobLinks links;
  @Inject Garbage garbage;
  @Inject PostgresContent content;

  @BeforeEach
  void clear() {
    content.clear();
  }

  @RepeatedTest(20)
  void everybodyGetsTheOneBlobAndTheOtherKeysAreBuried() {
    List<ImageId> images = Stream.generate(content::anImage).limit(THREADS).toList();
    List<Blob> given = Stream.generate(() -> blobOf("content")).limit(THREADS).toList();

    List<Blob> kept = AtOnce.call(THREADS, i -> add(images.get(i), given.get(i)));

    assertThat(kept).containsOnly(kept.getFirst());
    assertThat(content.tombstones()).isEqualTo(keysExcept(given, kept.getFirst().key()));
    assertThat(images).allMatch(image -> content.isLeased(image, kept.getFirst().digest()));
  }

  @RepeatedTest(20)
  void inOneImageToo() {
    ImageId image = content.anImage();
    List<Blob> given = Stream.generate(() -> blobOf("content")).limit(THREADS).toList();

    List<Blob> kept = AtOnce.call(THREADS, i -> add(image, given.get(i)));

    assertThat(kept).containsOnly(kept.getFirst());
    assertThat(content.tombstones()).isEqualTo(keysExcept(given, kept.getFirst().key()));
  }

  @Test
  void nobodySeesAnErrorWhileCollectionRunsWithoutLeases() {
    List<ImageId> images = Stream.generate(content::anImage).limit(THREADS).toList();
    Set<StorageKey> given =
        AtOnce.call(THREADS, i -> churn(i, images.get(i))).stream()
            .flatMap(Set::stream)
            .collect(Collectors.toSet());

    content.letTimePass(Duration.ofSeconds(1));
    content.unitOfWork().run(() -> garbage.unlinkUnused(1000));
    content.unitOfWork().run(() -> garbage.buryUnlinked(1000));

    assertThat(content.hasBlob(blobOf("content").digest())).isFalse();
    assertThat(content.tombstones()).isEqualTo(given);
  }

  /** Adds the digest again and again, or collects, and returns every key that was given. */
  private Set<StorageKey> churn(int thread, ImageId image) {
    return IntStream.range(0, 50)
        .mapToObj(
            _ -> {
              if (thread % 4 == 0) {
                content.unitOfWork().run(() -> garbage.unlinkUnused(100));
                content.unitOfWork().run(() -> garbage.buryUnlinked(100));
                return Stream.<StorageKey>empty();
              }
              Blob blob = blobOf("content");
              content.unitOfWork().run(() -> links.add(image, blob, Duration.ZERO));
              return Stream.of(blob.key());
            })
        .flatMap(keys -> keys)
        .collect(Collectors.toSet());
  }

  private Blob add(ImageId image, Blob blob) {
    return content.unitOfWork().inTransaction(() -> links.add(image, blob, LEASE));
  }

  private static Set<StorageKey> keysExcept(List<Blob> blobs, StorageKey kept) {
    return blobs.stream()
        .map(Blob::key)
        .filter(key -> !key.equals(kept))
        .collect(Collectors.toSet());
  }
}
