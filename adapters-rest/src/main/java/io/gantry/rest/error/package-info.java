/** Failures as the published API's clients read them. */
@NullMarked
package io.gantry.rest.error;

import org.jspecify.annotations.NullMarked;
