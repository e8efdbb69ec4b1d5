/** The methods on images and their messages. */
@NullMarked
package io.gantry.grpc.image;

import org.jspecify.annotations.NullMarked;
