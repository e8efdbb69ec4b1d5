/** Which endpoint of OCI Distribution a path names. */
@NullMarked
package io.gantry.oci.route;

import org.jspecify.annotations.NullMarked;
