/** The filesystem store under contract, restart, rivals, a full disk and hostile files. */
@NullMarked
package io.gantry.storage.filesystem;

import org.jspecify.annotations.NullMarked;
