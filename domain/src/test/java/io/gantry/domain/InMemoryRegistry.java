package io.gantry.domain;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageName;
import io.gantry.domain.image.Visibility;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.namespace.Status;
import io.gantry.domain.namespace.Usage;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagId;
import io.gantry.domain.upload.Upload;
import io.gantry.domain.upload.UploadId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What the in-memory fakes share: a map of immutable rows for each table. Every fake reads and
 * writes inside {@link #locked}, and a transaction holds the lock from its beginning to its end, so
 * transactions run one after the other.
 */
public final class InMemoryRegistry {

  /** A namespace's usage and when it last changed. */
  public record UsageRow(Usage usage, Instant updatedAt) {}

  /** An image, published or not. */
  public record ImageRow(
      ImageId id,
      NamespaceId namespace,
      ProjectId project,
      Region region,
      ImageName name,
      Status status,
      Visibility visibility,
      boolean published,
      ByteSize size,
      Instant createdAt,
      Instant updatedAt) {

    public boolean isReady() {
      return status == Status.READY;
    }
  }

  /** Something of one image that has a digest: a link, a manifest, a layer. */
  public record InImage(ImageId image, Digest digest) {}

  /** A session: open while {@code closedAs} is empty. */
  public record UploadRow(
      Upload upload, Optional<Digest> closedAs, Instant createdAt, Instant expiresAt) {
    public boolean isOpen() {
      return closedAs.isEmpty();
    }
  }

  /**
   * A manifest.
   *
   * @param blobs the blobs it refers to; it waits for those that are not linked
   * @param layers those of them that count into the image's size
   */
  public record ManifestRow(
      Manifest manifest,
      Instant createdAt,
      boolean reachable,
      Set<Digest> blobs,
      Set<Digest> layers) {}

  /** An index lists a manifest. */
  public record ChildKey(ImageId image, Digest parent, Digest child) {}

  public final MutableClock clock = new MutableClock();
  public final Map<NamespaceId, Namespace> namespaces = new LinkedHashMap<>();
  public final Map<NamespaceId, UsageRow> usage = new LinkedHashMap<>();
  public final Map<ImageId, ImageRow> images = new LinkedHashMap<>();
  public final Map<Digest, Blob> blobs = new LinkedHashMap<>();

  /** Until when each link is leased. */
  public final Map<InImage, Instant> links = new LinkedHashMap<>();

  public final Map<UploadId, UploadRow> uploads = new LinkedHashMap<>();

  /** When the bytes under each key may be deleted. */
  public final Map<StorageKey, Instant> tombstones = new LinkedHashMap<>();

  public final Map<InImage, ManifestRow> manifests = new LinkedHashMap<>();

  /** Whether the child is there; if not, the index waits for it. */
  public final Map<ChildKey, Boolean> children = new LinkedHashMap<>();

  public final Map<TagId, Tag> tags = new LinkedHashMap<>();

  /** How many reachable manifests of the image list each layer. */
  public final Map<InImage, Long> layers = new LinkedHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private boolean inTransaction;

  /** Runs {@code work} while nobody else reads or writes. */
  public <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #locked} for work without a result. */
  public void run(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a manifest of the image refers to this blob, so that its link must stay. */
  public boolean isReferenced(ImageId image, Digest blob) {
    return manifests.entrySet().stream()
        .anyMatch(e -> e.getKey().image().equals(image) && e.getValue().blobs().contains(blob));
  }

  /** Whether an index of the image waits for a child with this digest. */
  public boolean isAwaited(ImageId image, Digest child) {
    return children.entrySet().stream()
        .filter(listed -> !listed.getValue())
        .map(Map.Entry::getKey)
        .anyMatch(listed -> listed.image().equals(image) && listed.child().equals(child));
  }

  <T> T transaction(Supplier<T> work) {
    return locked(
        () -> {
          if (inTransaction) throw new IllegalStateException("a transaction in a transaction");
          Runnable undo = snapshot();
          inTransaction = true;
          try {
            T result = work.get();
            undo = () -> {};
            return result;
          } finally {
            inTransaction = false;
            undo.run();
          }
        });
  }

  <T> T withoutTransaction(Supplier<T> work) {
    boolean inside = locked(() -> lock.getHoldCount() > 1 && inTransaction);
    if (inside) throw new IllegalStateException("in a transaction after all");
    return work.get();
  }

  private Runnable snapshot() {
    Runnable[] undo = {
      copyOf(namespaces),
      copyOf(usage),
      copyOf(images),
      copyOf(blobs),
      copyOf(links),
      copyOf(uploads),
      copyOf(tombstones),
      copyOf(manifests),
      copyOf(children),
      copyOf(tags),
      copyOf(layers)
    };
    return () -> {
      for (Runnable one : undo) one.run();
    };
  }

  private static <K, V> Runnable copyOf(Map<K, V> table) {
    Map<K, V> before = new LinkedHashMap<>(table);
    return () -> {
      table.clear();
      table.putAll(before);
    };
  }
}
