/** Pages of a list: which one is asked for, and what came back with the exact total. */
@NullMarked
package io.gantry.domain.paging;

import org.jspecify.annotations.NullMarked;
