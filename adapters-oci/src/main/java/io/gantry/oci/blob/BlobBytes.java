package io.gantry.oci.blob;

import io.gantry.domain.blob.Digest;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;

/** Bytes of a blob, to be sent as the body of an answer. */
sealed interface BlobBytes permits FileBytes, StreamedBytes {

  /** Whose they are. */
  Digest blob();

  /** How many. */
  long length();

  /** Gives them once, and perhaps more behind them. */
  ReadableByteChannel open() throws IOException;
}
