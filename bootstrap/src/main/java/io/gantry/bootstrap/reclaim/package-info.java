/** Runs collection in the background of the service. */
@NullMarked
package io.gantry.bootstrap.reclaim;

import org.jspecify.annotations.NullMarked;
