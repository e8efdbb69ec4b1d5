/** Who calls on the data plane: Basic, Bearer, and the token service. */
@NullMarked
package io.gantry.oci.access;

import org.jspecify.annotations.NullMarked;
