/** What callers do with tags, on both faces. */
@NullMarked
package io.gantry.application.tag;

import org.jspecify.annotations.NullMarked;
