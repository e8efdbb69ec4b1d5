package io.gantry.domain.blob;

import java.io.InputStream;
import java.nio.file.Path;

/** Stored bytes, in the form the store can hand them out fastest. */
public sealed interface BlobContent {

  /** A file that a server can send without copying through the heap. */
  record LocalFile(Path path) implements BlobContent {}

  /** Bytes that must be read, such as from object storage. */
  interface Source {
    /** A new stream of {@code length} bytes from {@code offset}; the caller closes it. */
    InputStream read(long offset, long length);
  }

  record Streamed(Source source) implements BlobContent {}
}
