/** Guards the published contract: it only grows. */
@NullMarked
package io.gantry.proto;

import org.jspecify.annotations.NullMarked;
