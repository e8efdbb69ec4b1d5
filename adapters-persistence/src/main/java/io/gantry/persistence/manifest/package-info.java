/** Manifests in PostgreSQL: their bytes, what they refer to, and what is reachable from tags. */
@NullMarked
package io.gantry.persistence.manifest;

import org.jspecify.annotations.NullMarked;
