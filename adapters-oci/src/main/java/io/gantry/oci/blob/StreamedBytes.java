package io.gantry.oci.blob;

import io.gantry.domain.blob.Digest;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;

/**
 * Bytes of a blob, or of several of its parts, that must be read from a stream.
 *
 * @param blob whose they are
 * @param stream closed with what {@link #open} returns
 */
record StreamedBytes(Digest blob, long length, InputStream stream) implements BlobBytes {

  @Override
  public ReadableByteChannel open() {
    return Channels.newChannel(stream);
  }
}
