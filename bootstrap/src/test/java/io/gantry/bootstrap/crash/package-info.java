/** What is left when the server, or its database too, ends without a warning. */
@NullMarked
package io.gantry.bootstrap.crash;

import org.jspecify.annotations.NullMarked;
