/** Who calls, where, and what of the registry a list may show them: what the use cases share. */
@NullMarked
package io.gantry.application.access;

import org.jspecify.annotations.NullMarked;
