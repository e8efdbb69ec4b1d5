/** The methods on tags and their messages. */
@NullMarked
package io.gantry.grpc.tag;

import org.jspecify.annotations.NullMarked;
