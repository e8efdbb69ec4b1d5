/** What callers do with images over the control plane; pushes, not calls, make images. */
@NullMarked
package io.gantry.application.image;

import org.jspecify.annotations.NullMarked;
