/** Why the server does not start, in words for whoever started it. */
@NullMarked
package io.gantry.bootstrap.failure;

import org.jspecify.annotations.NullMarked;
