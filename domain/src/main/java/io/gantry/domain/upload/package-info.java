/** Uploads: resumable sessions that write one blob into one image. */
@NullMarked
package io.gantry.domain.upload;

import org.jspecify.annotations.NullMarked;
