/** Projects, API keys and signing keys, in PostgreSQL. */
@NullMarked
package io.gantry.persistence.access;

import org.jspecify.annotations.NullMarked;
