/** Blobs and their links into images, in PostgreSQL. */
@NullMarked
package io.gantry.persistence.link;

import org.jspecify.annotations.NullMarked;
