/** Images in PostgreSQL: the lock that pushes take, lists, and removal piece by piece. */
@NullMarked
package io.gantry.persistence.image;

import org.jspecify.annotations.NullMarked;
