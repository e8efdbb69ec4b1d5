/** Tags in PostgreSQL. */
@NullMarked
package io.gantry.persistence.tag;

import org.jspecify.annotations.NullMarked;
