/** What every call has in common: who calls, its deadline, its request id, its one answer. */
@NullMarked
package io.gantry.grpc.call;

import org.jspecify.annotations.NullMarked;
