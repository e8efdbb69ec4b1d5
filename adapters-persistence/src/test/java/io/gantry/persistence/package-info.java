/** A PostgreSQL for the tests of this module, and what they share. */
@NullMarked
package io.gantry.persistence;

import org.jspecify.annotations.NullMarked;
