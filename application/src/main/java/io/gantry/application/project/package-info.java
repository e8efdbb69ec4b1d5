/** Managing the projects of an organization. */
@NullMarked
package io.gantry.application.project;

import org.jspecify.annotations.NullMarked;
