/** Tags: names in one image, each pointing at one manifest. */
@NullMarked
package io.gantry.domain.tag;

import org.jspecify.annotations.NullMarked;
