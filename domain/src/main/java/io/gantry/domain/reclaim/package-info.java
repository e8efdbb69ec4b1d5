/** Getting space back: what nothing refers to any more, and bytes that wait to be deleted. */
@NullMarked
package io.gantry.domain.reclaim;

import org.jspecify.annotations.NullMarked;
