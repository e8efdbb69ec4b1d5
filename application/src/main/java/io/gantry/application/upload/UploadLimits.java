package io.gantry.application.upload;

import java.time.Duration;

/**
 * How long things about uploads last.
 *
 * @param idle an open session without writes
 * @param remember a closed session, for clients that lost the answer
 * @param lease a blob that no manifest refers to yet
 */
public record UploadLimits(Duration idle, Duration remember, Duration lease) {}
