/** The steps of collection, in PostgreSQL. */
@NullMarked
package io.gantry.persistence.reclaim;

import org.jspecify.annotations.NullMarked;
