/** Blobs on the wire: whole, in ranges, deleted. */
@NullMarked
package io.gantry.oci.blob;

import org.jspecify.annotations.NullMarked;
