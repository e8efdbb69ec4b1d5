/** Configuration and its documents. */
@NullMarked
package io.gantry.bootstrap.configuration;

import org.jspecify.annotations.NullMarked;
