/** What must work for a replica to be sent requests. */
@NullMarked
package io.gantry.bootstrap.health;

import org.jspecify.annotations.NullMarked;
