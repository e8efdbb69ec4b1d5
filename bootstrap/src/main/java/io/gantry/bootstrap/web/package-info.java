/** What no single face can answer for: requests that no route takes. */
@NullMarked
package io.gantry.bootstrap.web;

import org.jspecify.annotations.NullMarked;
