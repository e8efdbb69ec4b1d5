package io.gantry.application.upload;

import static io.gantry.application.repository.DataPlane.APP;
import static io.gantry.application.repository.DataPlane.LIMITS;
import static io.gantry.application.repository.DataPlane.REGION;

import io.gantry.application.repository.DataPlane;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.BlobContent;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.reclaim.InMemoryKeyReserve;
import io.gantry.domain.upload.InMemoryUploadIntake;
import io.gantry.domain.upload.UploadId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** The use cases of uploads as one replica has them. */
final class Uploads {
  private final DataPlane plane;
  final StartUpload start;
  final AppendUpload append;
  final CommitUpload commit;
  final GetUpload get;
  final CancelUpload cancel;

  Uploads(DataPlane plane) {
    this(plane, plane.unitOfWork);
  }

  /** With transactions of their own, for tests that come between two of them. */
  Uploads(DataPlane plane, UnitOfWork unitOfWork) {
    this.plane = plane;
    RunningDigests digests = new RunningDigests();
    BodyMemory memory = new BodyMemory(new ByteSize(48L << 20));
    BlobReceiver receiver = new BlobReceiver(plane.store, digests, LIMITS, memory);
    UploadWriter writer = new UploadWriter(plane.uploads, receiver, unitOfWork, LIMITS);
    InMemoryKeyReserve reserve = new InMemoryKeyReserve(plane.registry);
    QuickPath quick =
        new QuickPath(
            plane.store,
            new ReservedKeys(reserve, unitOfWork, plane.registry.clock),
            new InMemoryUploadIntake(plane.registry, reserve),
            plane.uploads,
            unitOfWork,
            LIMITS);
    start =
        new StartUpload(
            plane.repositories,
            plane.images,
            plane.uploads,
            plane.links,
            unitOfWork,
            plane.registry.clock,
            LIMITS,
            quick);
    append = new AppendUpload(plane.repositories, writer, quick, digests, memory, unitOfWork);
    commit =
        new CommitUpload(
            plane.repositories,
            writer,
            receiver,
            quick,
            plane.uploads,
            plane.links,
            unitOfWork,
            LIMITS);
    get = new GetUpload(plane.repositories, plane.uploads, unitOfWork);
    cancel = new CancelUpload(plane.repositories, plane.uploads, unitOfWork);
  }

  UploadId start() {
    StartOutcome outcome =
        start.handle(plane.owner, REGION, APP, Optional.empty(), Optional.empty());
    return ((StartOutcome.Started) outcome).id();
  }

  UploadId start(DigestAlgorithm algorithm) {
    StartOutcome outcome =
        start.handle(plane.owner, REGION, APP, Optional.empty(), Optional.of(algorithm));
    return ((StartOutcome.Started) outcome).id();
  }

  /** Appends and says how many bytes the session holds then. */
  long append(UploadId id, ChunkBody body) {
    return append.handle(plane.owner, REGION, APP, id, body).length();
  }

  void commit(UploadId id, Digest digest, ChunkBody body) {
    commit.handle(plane.owner, REGION, APP, id, digest, body);
  }

  long length(UploadId id) {
    return get.handle(plane.owner, REGION, APP, id).length();
  }

  void cancel(UploadId id) {
    cancel.handle(plane.owner, REGION, APP, id);
  }

  /** What a pull of this digest answers. */
  String pulled(Digest digest) {
    Blob blob = plane.pullBlob.handle(plane.reader, REGION, APP, digest);
    BlobContent content = plane.pullBlob.content(blob);
    try (InputStream bytes =
        ((BlobContent.Streamed) content).source().read(0, blob.size().bytes())) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A body of announced length. */
  static ChunkBody body(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new ChunkBody(
        new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length), Optional.empty());
  }

  /** A body of unknown length. */
  static ChunkBody streamed(InputStream content) {
    return new ChunkBody(content, OptionalLong.empty(), Optional.empty());
  }

  /** A body that belongs at {@code first} to {@code last}. */
  static ChunkBody chunk(String content, long first, long last) {
    ChunkBody body = body(content);
    return new ChunkBody(body.stream(), body.length(), Optional.of(new ContentRange(first, last)));
  }

  /** A body of announced length whose sender waits for {@code meanwhile} before the first byte. */
  static ChunkBody after(Runnable meanwhile, String content) {
    ChunkBody body = body(content);
    return new ChunkBody(
        new SequenceInputStream(pause(meanwhile), body.stream()), body.length(), body.range());
  }

  /** No bytes, which whoever reads them waits for until {@code meanwhile} has run. */
  static InputStream pause(Runnable meanwhile) {
    return new InputStream() {
      @Override
      public int read() {
        meanwhile.run();
        return -1;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        return read();
      }
    };
  }

  /** A body whose connection is lost after {@code content}. */
  static InputStream cutAfter(String content) {
    return new SequenceInputStream(
        new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)),
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the connection was closed");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
          }
        });
  }
}
