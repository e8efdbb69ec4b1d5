/** SQL that finds a page of a list, however deep it lies. */
@NullMarked
package io.gantry.persistence.paging;

import org.jspecify.annotations.NullMarked;
