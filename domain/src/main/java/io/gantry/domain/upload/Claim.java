package io.gantry.domain.upload;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.ImageId;

/**
 * That a session holds all of its blob by now.
 *
 * @param image the session's
 * @param digest what its bytes are said to be
 */
public record Claim(ImageId image, UploadId upload, Digest digest) {}
