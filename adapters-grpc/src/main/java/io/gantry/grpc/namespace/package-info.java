/** The methods on namespaces and their messages. */
@NullMarked
package io.gantry.grpc.namespace;

import org.jspecify.annotations.NullMarked;
