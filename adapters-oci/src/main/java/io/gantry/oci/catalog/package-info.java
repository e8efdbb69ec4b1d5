/** The list of repositories on the wire. */
@NullMarked
package io.gantry.oci.catalog;

import org.jspecify.annotations.NullMarked;
