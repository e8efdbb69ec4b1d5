/** Manifests on the wire, and reading them. */
@NullMarked
package io.gantry.oci.manifest;

import org.jspecify.annotations.NullMarked;
