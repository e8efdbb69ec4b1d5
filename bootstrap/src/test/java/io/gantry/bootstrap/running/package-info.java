/** A server inside the tests' own JVM, for tests that speak its protocols. */
@NullMarked
package io.gantry.bootstrap.running;

import org.jspecify.annotations.NullMarked;
