/** Builds by constructor what knows nothing of the framework. */
@NullMarked
package io.gantry.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;
