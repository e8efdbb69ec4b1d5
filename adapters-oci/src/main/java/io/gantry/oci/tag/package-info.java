/** Tag lists on the wire. */
@NullMarked
package io.gantry.oci.tag;

import org.jspecify.annotations.NullMarked;
