/** Namespaces and what they hold, in PostgreSQL. */
@NullMarked
package io.gantry.persistence.namespace;

import org.jspecify.annotations.NullMarked;
