/** Pulling and deleting blobs. */
@NullMarked
package io.gantry.application.blob;

import org.jspecify.annotations.NullMarked;
