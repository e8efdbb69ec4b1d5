/** The data plane's way to a repository: found and allowed in one step. */
@NullMarked
package io.gantry.application.repository;

import org.jspecify.annotations.NullMarked;
