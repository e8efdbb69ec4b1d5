/** Many clients that want the same thing at the same time. */
@NullMarked
package io.gantry.bootstrap.race;

import org.jspecify.annotations.NullMarked;
