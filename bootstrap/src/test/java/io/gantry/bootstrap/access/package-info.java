/** Keys that come from configuration. */
@NullMarked
package io.gantry.bootstrap.access;

import org.jspecify.annotations.NullMarked;
