package io.gantry.domain.upload;

import io.gantry.domain.error.Uuids;
import java.util.UUID;

/** Identifies an upload session; random, so that it cannot be guessed. */
public record UploadId(UUID value) {
  /** Reads the canonical form; an {@code InvalidArgument} on {@code upload_id} if it is not one. */
  public static UploadId parse(String text) {
    return new UploadId(Uuids.parse("upload_id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
