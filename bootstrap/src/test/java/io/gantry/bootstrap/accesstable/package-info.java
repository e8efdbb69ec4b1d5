/** The published table of who may do what, held against a running server. */
@NullMarked
package io.gantry.bootstrap.accesstable;

import org.jspecify.annotations.NullMarked;
