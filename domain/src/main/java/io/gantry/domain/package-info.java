/** What every feature stands on: transactions. */
@NullMarked
package io.gantry.domain;

import org.jspecify.annotations.NullMarked;
