/** Keeps long lists quick, in the background of the service. */
@NullMarked
package io.gantry.bootstrap.paging;

import org.jspecify.annotations.NullMarked;
