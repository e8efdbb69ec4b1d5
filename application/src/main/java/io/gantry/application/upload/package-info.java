/** Pushing blobs: sessions, chunks, commits and mounts. */
@NullMarked
package io.gantry.application.upload;

import org.jspecify.annotations.NullMarked;
