/** What whoever has the data in their hands can do on the command line, without a key. */
@NullMarked
package io.gantry.bootstrap.operator;

import org.jspecify.annotations.NullMarked;
