/** Blobs: bytes by digest, stored once, readable only through an image's link. */
@NullMarked
package io.gantry.domain.blob;

import org.jspecify.annotations.NullMarked;
