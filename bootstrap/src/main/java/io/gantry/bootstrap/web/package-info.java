/**
 * What no single face can answer for: requests that no route takes, paths that cannot be decoded,
 * and credentials that come in the clear.
 */
@NullMarked
package io.gantry.bootstrap.web;

import org.jspecify.annotations.NullMarked;
