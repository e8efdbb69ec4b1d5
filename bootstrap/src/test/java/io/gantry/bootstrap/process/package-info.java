/** The packaged server as a process: how it starts, stops, and survives. */
@NullMarked
package io.gantry.bootstrap.process;

import org.jspecify.annotations.NullMarked;
