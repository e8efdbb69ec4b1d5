/** Pages of the data plane's lists: {@code n}, {@code last} and {@code Link}. */
@NullMarked
package io.gantry.oci.paging;

import org.jspecify.annotations.NullMarked;
