/** Registry API v1 over REST: how a request is read, answered and refused. */
@NullMarked
package io.gantry.rest;

import org.jspecify.annotations.NullMarked;
