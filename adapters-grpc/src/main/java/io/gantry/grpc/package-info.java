/** Registry API v1 over gRPC, with the same meaning as over REST. */
@NullMarked
package io.gantry.grpc;

import org.jspecify.annotations.NullMarked;
