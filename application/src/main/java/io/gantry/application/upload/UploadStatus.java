package io.gantry.application.upload;

import io.gantry.domain.upload.UploadId;

/**
 * Where an open session stands.
 *
 * @param length bytes it holds
 */
public record UploadStatus(UploadId id, long length) {}
