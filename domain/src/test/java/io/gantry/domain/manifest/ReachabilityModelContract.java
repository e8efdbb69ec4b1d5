package io.gantry.domain.manifest;

import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.Catalogue;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError.PreconditionFailed;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.image.ImageId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The size that is kept by change beside a model that counts from scratch. */
public abstract class ReachabilityModelContract {
  private ImageId image;

  protected abstract Catalogue catalogue();

  /** How many random operations each run of the model takes. */
  protected abstract int operations();

  @BeforeEach
  void addImage() {
    image = catalogue().addImage();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void sizeIsAlwaysWhatCountingFromScratchSays(long seed) {
    Random random = new Random(seed);
    Map<String, Digest> tags = new HashMap<>();
    Map<Digest, Manifest> stored = new HashMap<>();
    List<Manifest> known = new ArrayList<>();
    List<Blob> blobs = new ArrayList<>();
    Set<Digest> linked = new HashSet<>();
    for (int i = 0; i < 6; i++) blobs.add(ManifestBuilder.aBlob(1L << i));
    for (int i = 0; i < operations(); i++) {
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> {
          Manifest manifest = aRandomManifest(random, known, blobs);
          known.add(manifest);
          if (random.nextInt(4) > 0) store(random, manifest, tags, stored);
        }
        case 3, 4 -> {
          if (!known.isEmpty()) store(random, any(random, known), tags, stored);
        }
        case 5, 6 -> {
          if (tags.isEmpty()) continue;
          String tag = any(random, new ArrayList<>(tags.keySet()));
          catalogue().untag(image, tag);
          tags.remove(tag);
        }
        case 7 -> {
          Blob blob = any(random, blobs);
          var _ = catalogue().addBlob(image, blob);
          linked.add(blob.digest());
        }
        case 8 -> {
          Digest blob = any(random, blobs).digest();
          if (unlink(blob, stored)) linked.remove(blob);
        }
        default -> {
          if (stored.isEmpty()) continue;
          Digest digest = any(random, new ArrayList<>(stored.keySet()));
          catalogue().delete(image, digest);
          stored.remove(digest);
          tags.values().removeIf(digest::equals);
        }
      }
      assertThat(currentSize())
          .as("size after operation %s of seed %s", i, seed)
          .isEqualTo(fromScratch(tags, stored, linked));
    }
  }

  /** Whether the image had the blob; it keeps it as long as a manifest lists it. */
  private boolean unlink(Digest blob, Map<Digest, Manifest> stored) {
    boolean listed =
        stored.values().stream()
            .flatMap(manifest -> manifest.layers().stream())
            .anyMatch(layer -> layer.digest().equals(blob));
    try {
      boolean gone = catalogue().transaction(() -> catalogue().links().remove(image, blob));
      assertThat(gone && listed).as("a blob that is listed is gone").isFalse();
      return gone;
    } catch (RegistryException e) {
      assertThat(e.error()).isInstanceOf(PreconditionFailed.class);
      assertThat(listed).as("a blob that is not listed stays").isTrue();
      return false;
    }
  }

  private void store(
      Random random, Manifest manifest, Map<String, Digest> tags, Map<Digest, Manifest> stored) {
    stored.put(manifest.digest(), manifest);
    if (random.nextBoolean()) {
      catalogue().pushSparse(image, manifest, Optional.empty());
      return;
    }
    String tag = "t" + random.nextInt(4);
    var _ = catalogue().pushSparse(image, manifest, tag);
    tags.put(tag, manifest.digest());
  }

  private static Manifest aRandomManifest(Random random, List<Manifest> known, List<Blob> blobs) {
    ManifestBuilder builder = aManifest();
    if (random.nextBoolean()) builder.layers(any(random, blobs), any(random, blobs));
    for (int i = random.nextInt(3); i > 0 && !known.isEmpty(); i--) {
      builder.children(any(random, known));
    }
    if (random.nextInt(3) == 0 && !known.isEmpty()) builder.subject(any(random, known));
    return builder.build();
  }

  /** The size rule as it is written down, without regard to cost. */
  private static long fromScratch(
      Map<String, Digest> tags, Map<Digest, Manifest> stored, Set<Digest> linked) {
    Set<Digest> seen = new HashSet<>();
    List<Digest> open = new ArrayList<>(tags.values());
    Map<Digest, Long> layers = new HashMap<>();
    while (!open.isEmpty()) {
      Digest digest = open.removeLast();
      Optional<Manifest> found = Optional.ofNullable(stored.get(digest));
      if (found.isEmpty() || !seen.add(digest)) continue;
      found.get().layers().stream()
          .filter(layer -> linked.contains(layer.digest()))
          .forEach(layer -> layers.put(layer.digest(), layer.size()));
      found.get().children().forEach(child -> open.add(child.digest()));
      stored.values().stream()
          .filter(one -> one.subject().equals(Optional.of(digest)))
          .forEach(one -> open.add(one.digest()));
    }
    return layers.values().stream().mapToLong(Long::longValue).sum();
  }

  private static <T> T any(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private long currentSize() {
    return catalogue()
        .transaction(() -> catalogue().images().find(Catalogue.REGION, image))
        .map(found -> found.size().bytes())
        .orElse(0L);
  }
}
