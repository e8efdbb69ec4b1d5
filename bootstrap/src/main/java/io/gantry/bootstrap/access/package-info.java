/**
 * The organizations, projects and API keys that come from configuration, the first key included.
 */
@NullMarked
package io.gantry.bootstrap.access;

import org.jspecify.annotations.NullMarked;
