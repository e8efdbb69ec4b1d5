/** The documents as a whole. */
@NullMarked
package io.gantry.bootstrap.documents;

import org.jspecify.annotations.NullMarked;
