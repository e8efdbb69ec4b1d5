/**
 * Blob bytes as files, one per storage key, on a filesystem that this process and any other replica
 * on this machine share.
 */
@NullMarked
package io.gantry.storage.filesystem;

import org.jspecify.annotations.NullMarked;
