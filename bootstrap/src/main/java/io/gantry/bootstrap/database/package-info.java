/**
 * The PostgreSQL that Gantry brings along, for when no other is configured, and what holds for
 * both.
 */
@NullMarked
package io.gantry.bootstrap.database;

import org.jspecify.annotations.NullMarked;
