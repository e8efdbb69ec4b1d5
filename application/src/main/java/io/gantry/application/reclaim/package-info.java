/** Finishing deletions and getting space back, in the background. */
@NullMarked
package io.gantry.application.reclaim;

import org.jspecify.annotations.NullMarked;
