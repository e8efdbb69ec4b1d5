/** What pulls ask for, found in PostgreSQL with one statement each. */
@NullMarked
package io.gantry.persistence.pull;

import org.jspecify.annotations.NullMarked;
