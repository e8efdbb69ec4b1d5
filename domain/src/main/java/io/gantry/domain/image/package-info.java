/** Images: the repositories inside a namespace, with their visibility and exact size. */
@NullMarked
package io.gantry.domain.image;

import org.jspecify.annotations.NullMarked;
