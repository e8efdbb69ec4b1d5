package io.gantry.application.upload;

import io.gantry.application.upload.ChunkBody.Begun;
import io.gantry.domain.blob.BlobContent;
import io.gantry.domain.blob.BlobStore;
import io.gantry.domain.blob.BlobWriter;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.upload.Upload;
import io.gantry.domain.upload.UploadId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes the bytes of an upload from the wire to the store, hashing them on the way, in constant
 * memory and without a transaction or connection being held.
 */
public final class BlobReceiver {
  private static final int READ_BACK_BUFFER = 256 * 1024;

  private final BlobStore store;
  private final RunningDigests digests;
  private final UploadLimits limits;
  private final BodyMemory memory;

  public BlobReceiver(
      BlobStore store, RunningDigests digests, UploadLimits limits, BodyMemory memory) {
    this.store = store;
    this.digests = digests;
    this.limits = limits;
    this.memory = memory;
  }

  /**
   * What has become durable.
   *
   * @param upload the session with its new length and, where known, content
   * @param digest over all its bytes, to be {@linkplain #keep kept} once the session says so too
   * @param cut why the body ended early, if it did; what came before is kept
   */
  record Received(Upload upload, Optional<RunningDigest> digest, Optional<IOException> cut) {}

  /**
   * Appends {@code body} to a session that the caller is the writer of.
   *
   * @param algorithm what to hash with if this is the session's beginning
   * @param isWriter whether the caller still is; asked when no other can write any more
   * @throws RegistryException {@code SizeMismatch} if the body is not as long as its range says, or
   *     {@code TooLarge} if the blob would be; nothing of it is kept then
   */
  Received receive(
      Upload upload, ChunkBody body, DigestAlgorithm algorithm, BooleanSupplier isWriter) {
    Optional<RunningDigest> digest =
        upload.length() == 0 ? Optional.of(new RunningDigest(algorithm)) : digests.take(upload);
    try (BlobWriter writer = store.append(upload.key(), new ByteSize(upload.length()))) {
      if (!isWriter.getAsBoolean()) throw UploadWriter.fenced(upload.id());
      Optional<IOException> cut = copy(body, writer, digest);
      long received = writer.position() - upload.length();
      if (body.range().isPresent()) requireFits(body.range().get(), received, cut.isPresent());
      writer.sync();
      Upload after =
          new Upload(
              upload.id(),
              upload.image(),
              upload.key(),
              writer.position(),
              upload.epoch(),
              digest.map(RunningDigest::value));
      return new Received(after, digest, cut);
    }
  }

  private static void requireFits(ContentRange range, long received, boolean cut) {
    if (received > range.length() || (received < range.length() && !cut)) {
      throw new RegistryException(new RegistryError.SizeMismatch(range.length(), received));
    }
  }

  /** Whether there is more already than belongs there; the rest need not be taken in then. */
  private static boolean tooLong(ChunkBody body, BlobWriter writer, long start) {
    return body.range().isPresent() && writer.position() - start > body.range().get().length();
  }

  /** Deletes the bytes of a session that has ended. */
  void discard(Upload upload) {
    store.delete(upload.key());
  }

  /** Nothing more will come for this session. */
  void forget(UploadId id) {
    digests.forget(id);
  }

  /** Lets the next chunk continue the digest; only for what the session has recorded. */
  void keep(Received received) {
    received.digest().ifPresent(digest -> digests.keep(received.upload(), digest));
  }

  private Optional<IOException> copy(
      ChunkBody body, BlobWriter writer, Optional<RunningDigest> digest) {
    Begun begun = body.begun().orElseGet(() -> new Begun(bufferFor(body), 0));
    byte[] buffer = begun.buffer();
    Optional<IOException> cut = Optional.empty();
    long start = writer.position();
    boolean more = true;
    int filled = begun.filled();
    while (more && !tooLong(body, writer, start)) {
      try {
        int count = body.stream().read(buffer, filled, buffer.length - filled);
        if (count < 0) more = false;
        else filled += count;
      } catch (IOException e) {
        cut = Optional.of(e);
        more = false;
      }
      if (filled == buffer.length || (!more && filled > 0)) {
        limits.requireRoom(writer.position(), filled);
        if (digest.isPresent()) digest.get().update(buffer, filled);
        writer.write(ByteBuffer.wrap(buffer, 0, filled));
        filled = 0;
      }
    }
    return cut;
  }

  private byte[] bufferFor(ChunkBody body) {
    int most = memory.buffer();
    return new byte[Math.clamp(body.length().orElse(most), 1, most)];
  }

  /** The digest of all bytes of the session, from what is known or else from the stored bytes. */
  Digest digest(Upload upload, DigestAlgorithm algorithm) {
    if (upload.content().isPresent() && upload.content().get().algorithm() == algorithm) {
      return upload.content().get();
    }
    RunningDigest digest = new RunningDigest(algorithm);
    if (upload.length() == 0) return digest.value();
    byte[] buffer = new byte[READ_BACK_BUFFER];
    try (InputStream stored = open(upload)) {
      while (digest.length() < upload.length()) {
        int wanted = (int) Math.min(buffer.length, upload.length() - digest.length());
        int count = stored.read(buffer, 0, wanted);
        if (count < 0) throw notKept();
        digest.update(buffer, count);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new RegistryException(
          new RegistryError.Unavailable("the upload cannot be read back; try again"), e);
    }
    return digest.value();
  }

  private InputStream open(Upload upload) throws IOException {
    BlobContent content = store.open(upload.key()).orElseThrow(BlobReceiver::notKept);
    return switch (content) {
      case BlobContent.LocalFile file -> Files.newInputStream(file.path());
      case BlobContent.Streamed streamed -> streamed.source().read(0, upload.length());
    };
  }

  private static RegistryException notKept() {
    return RegistryException.notFound(ResourceType.UPLOAD, "");
  }
}
