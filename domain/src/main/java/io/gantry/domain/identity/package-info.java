/** An organization's projects, applications, policies and API keys, as they are managed. */
@NullMarked
package io.gantry.domain.identity;

import org.jspecify.annotations.NullMarked;
