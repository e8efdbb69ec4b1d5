/** What pulls ask for: a repository and what is in it, found together. */
@NullMarked
package io.gantry.domain.pull;

import org.jspecify.annotations.NullMarked;
