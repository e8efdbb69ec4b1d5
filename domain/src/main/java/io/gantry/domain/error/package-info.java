/** The one catalogue of failures every face of the registry translates, free of any protocol. */
@NullMarked
package io.gantry.domain.error;

import org.jspecify.annotations.NullMarked;
