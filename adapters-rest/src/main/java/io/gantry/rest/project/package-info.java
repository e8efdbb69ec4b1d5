/** The projects of the published account API, as far as its clients need them. */
@NullMarked
package io.gantry.rest.project;

import org.jspecify.annotations.NullMarked;
