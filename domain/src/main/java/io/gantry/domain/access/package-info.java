/** Who calls and what they may do: keys, permission sets and the one access policy. */
@NullMarked
package io.gantry.domain.access;

import org.jspecify.annotations.NullMarked;
