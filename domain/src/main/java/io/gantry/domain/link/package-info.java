/** Links of blobs into images: the right to read a blob there, and the promise that it stays. */
@NullMarked
package io.gantry.domain.link;

import org.jspecify.annotations.NullMarked;
