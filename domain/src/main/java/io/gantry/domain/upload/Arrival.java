package io.gantry.domain.upload;

import io.gantry.domain.blob.Blob;
import io.gantry.domain.image.ImageId;

/**
 * Bytes that came whole for a session that nobody has written to.
 *
 * @param image the session's
 * @param upload the session that they are for
 * @param blob the bytes, durable under a reserved key
 */
public record Arrival(ImageId image, UploadId upload, Blob blob) {}
