package io.gantry.application.upload;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.BlobStore;
import io.gantry.domain.blob.BlobWriter;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.reclaim.KeyReserve;
import io.gantry.domain.upload.Upload;
import io.gantry.domain.upload.UploadRepository;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The short way for a blob that arrives whole, and small, in the closing request of a session that
 * nobody has written to: verified in memory, stored under a reserved key, and recorded in one
 * transaction. The session's own key has never had a byte.
 */
public final class SmallBlob {
  /** Bytes that are held in memory; larger blobs are streamed. */
  static final int MAX_BYTES = 256 * 1024;

  private final BlobStore store;
  private final ReservedKeys keys;
  private final KeyReserve reserve;
  private final UploadRepository uploads;
  private final BlobLinks links;
  private final UnitOfWork unitOfWork;
  private final UploadLimits limits;

  public SmallBlob(
      BlobStore store,
      ReservedKeys keys,
      KeyReserve reserve,
      UploadRepository uploads,
      BlobLinks links,
      UnitOfWork unitOfWork,
      UploadLimits limits) {
    this.store = store;
    this.keys = keys;
    this.reserve = reserve;
    this.uploads = uploads;
    this.links = links;
    this.unitOfWork = unitOfWork;
    this.limits = limits;
  }

  static boolean fits(ChunkBody body) {
    return body.range().isEmpty()
        && body.length().isPresent()
        && body.length().getAsLong() <= MAX_BYTES;
  }

  /**
   * Takes the body in and closes the session with it.
   *
   * @param upload open, and of epoch 0: no writer has begun
   * @throws RegistryException {@code DigestMismatch} if the content is another; nothing is stored
   */
  void commit(Upload upload, Digest claimed, ChunkBody body) {
    byte[] bytes = read(body);
    Digest actual = Digest.of(claimed.algorithm(), bytes);
    if (!actual.equals(claimed)) {
      throw new RegistryException(
          new RegistryError.DigestMismatch(claimed.toString(), actual.toString()));
    }
    StorageKey key = keys.take();
    try (BlobWriter writer = store.append(key, ByteSize.ZERO)) {
      writer.write(ByteBuffer.wrap(bytes));
      writer.sync();
    }
    Blob blob = new Blob(claimed, new ByteSize(bytes.length), key);
    try {
      unitOfWork.run(
          () -> {
            if (!uploads.close(upload, claimed, limits.remember())) {
              throw UploadWriter.fenced(upload.id());
            }
            if (!reserve.claim(key)) {
              throw new RegistryException(
                  new RegistryError.Unavailable("the blob took too long to store; push it again"));
            }
            var _ = links.add(upload.image(), blob, limits.lease());
          });
    } catch (RegistryException e) {
      // Stored perhaps after the key's period: the bytes must not stay without a name.
      if (unitOfWork.inTransaction(() -> uploads.bury(key))) store.delete(key);
      throw e;
    }
  }

  private static byte[] read(ChunkBody body) {
    int length = Math.toIntExact(body.length().orElseThrow());
    try {
      byte[] bytes = body.stream().readNBytes(length);
      if (bytes.length < length) throw new IOException("the body ended early");
      return bytes;
    } catch (IOException e) {
      throw new RegistryException(
          new RegistryError.BodyTimeout("the body ended early; the upload is still empty"), e);
    }
  }
}
