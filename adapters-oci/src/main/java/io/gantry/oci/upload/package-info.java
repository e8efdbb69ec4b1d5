/** Upload sessions on the wire. */
@NullMarked
package io.gantry.oci.upload;

import org.jspecify.annotations.NullMarked;
