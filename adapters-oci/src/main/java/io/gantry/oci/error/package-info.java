/** Failures in the words of OCI Distribution, "Error Codes". */
@NullMarked
package io.gantry.oci.error;

import org.jspecify.annotations.NullMarked;
