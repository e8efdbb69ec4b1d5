/** OCI Distribution under {@code /v2/}: the data plane. */
@NullMarked
package io.gantry.oci;

import org.jspecify.annotations.NullMarked;
