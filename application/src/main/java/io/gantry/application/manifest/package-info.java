/** Pushing, pulling and deleting manifests. */
@NullMarked
package io.gantry.application.manifest;

import org.jspecify.annotations.NullMarked;
