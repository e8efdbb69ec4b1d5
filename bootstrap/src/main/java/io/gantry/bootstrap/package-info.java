/** Puts the registry together and runs it: configuration, wiring, start-up and shutdown. */
@NullMarked
package io.gantry.bootstrap;

import org.jspecify.annotations.NullMarked;
