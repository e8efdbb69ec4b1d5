/** Fakes of identity's ports, and the contracts that they and the real ones keep. */
@NullMarked
package io.gantry.domain.identity;

import org.jspecify.annotations.NullMarked;
