/** What every feature of the persistence adapter shares: transactions and database failures. */
@NullMarked
package io.gantry.persistence;

import org.jspecify.annotations.NullMarked;
