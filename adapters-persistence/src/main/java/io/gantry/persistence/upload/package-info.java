/** Upload sessions, in PostgreSQL. */
@NullMarked
package io.gantry.persistence.upload;

import org.jspecify.annotations.NullMarked;
