package io.gantry.application.upload;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.upload.UploadId;

/** What a request to begin an upload led to. */
public sealed interface StartOutcome {

  /** The blob was already in the other repository and is now in this one too. */
  record Mounted(Digest digest) implements StartOutcome {}

  /** A session is open. */
  record Started(UploadId id) implements StartOutcome {}
}
