package io.gantry.domain.upload;

import io.gantry.domain.blob.Blob;
import io.gantry.domain.image.ImageId;

/**
 * A blob that came whole in the closing request of a session that nobody has written to.
 *
 * @param image the session's
 * @param upload the session that it closes
 * @param blob its bytes are durable under a reserved key
 */
public record Arrival(ImageId image, UploadId upload, Blob blob) {}
