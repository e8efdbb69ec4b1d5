/** Doing for several requests at once what each would else ask of the database alone. */
@NullMarked
package io.gantry.application.group;

import org.jspecify.annotations.NullMarked;
