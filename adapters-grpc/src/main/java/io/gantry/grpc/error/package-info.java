/** Failures as canonical codes with details. */
@NullMarked
package io.gantry.grpc.error;

import org.jspecify.annotations.NullMarked;
