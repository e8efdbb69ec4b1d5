/** The PostgreSQL that Gantry brings along, for when no other is configured. */
@NullMarked
package io.gantry.bootstrap.database;

import org.jspecify.annotations.NullMarked;
