/** Manifests: exact bytes under a digest, what they reference, and what is reachable from tags. */
@NullMarked
package io.gantry.domain.manifest;

import org.jspecify.annotations.NullMarked;
