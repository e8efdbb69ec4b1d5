package io.gantry.oci.blob;

import io.gantry.domain.blob.Digest;
import io.vertx.core.http.HttpServerRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.logging.Logger;

/**
 * The body of an answer that the framework copies from a stream. If the stream fails or ends early,
 * the framework stops, and the client would wait for the rest; so the answer is broken off here.
 */
final class WholeBody extends InputStream {
  private static final Logger LOG = Logger.getLogger(WholeBody.class);

  private final InputStream bytes;
  private final Digest blob;
  private final HttpServerRequest request;
  private long left;

  /**
   * Of {@code length} bytes, read and closed by whoever has this.
   *
   * @param blob whose bytes they are
   * @param request what this answers
   */
  WholeBody(InputStream bytes, long length, Digest blob, HttpServerRequest request) {
    this.bytes = bytes;
    this.left = length;
    this.blob = blob;
    this.request = request;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      int count = bytes.read(into, offset, length);
      if (count < 0 && left > 0) throw new EOFException(left + " bytes are missing");
      if (count > 0) left -= count;
      return count;
    } catch (IOException | RuntimeException e) {
      LOG.errorf(e, "blob %s cannot be read to its end", blob);
      CutOff.answer(request);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
