/** The clients that people use, run as they are against the packaged server. */
@NullMarked
package io.gantry.bootstrap.client;

import org.jspecify.annotations.NullMarked;
