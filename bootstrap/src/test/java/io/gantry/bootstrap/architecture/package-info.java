/** Rules about the shape of the code that the build cannot enforce. */
@NullMarked
package io.gantry.bootstrap.architecture;

import org.jspecify.annotations.NullMarked;
