/** What the control plane does, said once and asked over REST and over gRPC. */
@NullMarked
package io.gantry.bootstrap.parity;

import org.jspecify.annotations.NullMarked;
