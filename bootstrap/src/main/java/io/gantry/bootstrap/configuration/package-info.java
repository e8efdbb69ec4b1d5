/** The keys Gantry is configured with, and what a wrong one makes it say. */
@NullMarked
package io.gantry.bootstrap.configuration;

import org.jspecify.annotations.NullMarked;
