/** The images of Registry API v1 on the wire. */
@NullMarked
package io.gantry.rest.image;

import org.jspecify.annotations.NullMarked;
