package io.gantry.domain.upload;

import static io.gantry.domain.link.Contents.digestOf;
import static io.gantry.domain.upload.Sessions.inImage;

import io.gantry.domain.BlobScene;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.StorageKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sessions, what comes for them, and what is asked of an {@link UploadIntake} about them. */
abstract class IntakeScene extends BlobScene {
  static final Duration IDLE = Duration.ofMinutes(10);
  static final Duration REMEMBER = Duration.ofHours(1);
  static final Duration LEASE = Duration.ofMinutes(30);
  static final Duration PERIOD = Duration.ofMinutes(5);

  Upload anUpload() {
    Upload upload = inImage(content().anImage());
    open(upload);
    return upload;
  }

  Arrival arrival(Upload upload, String text) {
    StorageKey key = inTransaction(() -> reserve().reserve(1, PERIOD)).getFirst();
    return new Arrival(upload.image(), upload.id(), blob(text, key));
  }

  static Blob blob(String text, StorageKey key) {
    return new Blob(digestOf(text), new ByteSize(text.length()), key);
  }

  Set<UploadId> open(Upload... opened) {
    return unitOfWork().withoutTransaction(() -> intake().open(List.of(opened), IDLE));
  }

  Set<UploadId> close(Arrival... arrivals) {
    return unitOfWork()
        .withoutTransaction(() -> intake().close(List.of(arrivals), REMEMBER, LEASE));
  }

  Set<UploadId> write(Arrival... arrivals) {
    return unitOfWork().withoutTransaction(() -> intake().write(List.of(arrivals), IDLE));
  }

  Optional<Upload> begin(Upload upload) {
    return inTransaction(() -> uploads().beginWrite(upload.image(), upload.id(), IDLE));
  }

  Optional<Upload> find(Upload upload) {
    return inTransaction(() -> uploads().find(upload.image(), upload.id()));
  }

  Optional<Digest> closedAs(Upload upload) {
    return inTransaction(() -> uploads().closedAs(upload.image(), upload.id()));
  }

  Optional<Blob> linked(Upload upload, String text) {
    return inTransaction(() -> links().find(upload.image(), digestOf(text)));
  }
}
