/** The tags of Registry API v1 on the wire. */
@NullMarked
package io.gantry.rest.tag;

import org.jspecify.annotations.NullMarked;
