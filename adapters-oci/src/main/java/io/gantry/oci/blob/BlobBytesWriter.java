package io.gantry.oci.blob;

import io.gantry.oci.OciLimits;
import io.gantry.oci.StalledClients;
import io.gantry.oci.blob.LargeBuffers.Share;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.EOFException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerHttpRequest;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Sends {@link BlobBytes}. Those of a file the kernel sends by itself, without a copy, over
 * HTTP/1.1 in the clear. It cannot encrypt or cut into frames, so over TLS and HTTP/2 the bytes are
 * sent in large steps, as are those that come from a stream. The framework would send them 8 KiB at
 * a time, over HTTP/2 with two changes of thread for each, and take in all of a blob while the
 * event loop is kept busy.
 *
 * <p>Only as many answers as there are {@link LargeBuffers} take large steps at a time. All others
 * go on in small ones, each with {@value #SMALL_STEP} bytes in memory, so that many slow clients
 * neither fill the memory nor stop anybody else.
 */
@Provider
@Produces("*/*")
public final class BlobBytesWriter implements ServerMessageBodyWriter<BlobBytes> {
  private static final Logger LOG = Logger.getLogger(BlobBytesWriter.class);
  private static final int SMALL_STEP = 16 << 10;

  private final LargeBuffers largeBuffers;
  private final StalledClients stalled;
  private final Optional<Duration> patience;

  BlobBytesWriter(LargeBuffers largeBuffers, StalledClients stalled, OciLimits limits) {
    this.largeBuffers = largeBuffers;
    this.stalled = stalled;
    this.patience = limits.answerPatience();
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
    return BlobBytes.class.isAssignableFrom(type);
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return BlobBytes.class.isAssignableFrom(type);
  }

  /** On the virtual thread of the request. */
  @Override
  public void writeResponse(BlobBytes bytes, Type genericType, ServerRequestContext context) {
    ServerHttpRequest server = ((ResteasyReactiveRequestContext) context).serverRequest();
    HttpServerRequest request = server.unwrap(HttpServerRequest.class);
    HttpServerResponse response = server.unwrap(HttpServerResponse.class);
    // The other headers come as the head is written; this one the server wants to see before.
    var _ = response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(bytes.length()));
    Channel channel = ((ConnectionBase) request.connection()).channel();
    if (bytes instanceof FileBytes file
        && !request.isSSL()
        && request.version() != HttpVersion.HTTP_2) {
      haveKernelSend(file, response, channel);
    } else {
      sendInSteps(bytes, response, channel);
    }
  }

  /** Does not wait for the client. */
  private static void haveKernelSend(
      FileBytes bytes, HttpServerResponse response, Channel channel) {
    var _ =
        response
            .sendFile(bytes.file().toString(), bytes.offset(), bytes.length())
            .onFailure(cause -> breakOff(bytes, channel, cause));
    // Of a file that is too short the server sends what there is, and takes it for everything.
    if (response.bytesWritten() < bytes.length()) {
      breakOff(bytes, channel, new EOFException("the file has become shorter"));
    }
  }

  /** The client must not wait for the rest, nor take the next answer for it. */
  private static void breakOff(FileBytes bytes, Channel channel, Throwable cause) {
    if (bytes.areThere()) {
      LOG.debug("the client went before it had all of a blob", cause);
    } else {
      LOG.errorf(cause, "blob %s cannot be read to its end", bytes.blob());
    }
    CutOff.connection(channel);
  }

  /** Waits for the client. */
  private void sendInSteps(BlobBytes bytes, HttpServerResponse response, Channel channel) {
    SteppedBody body = new SteppedBody(response, channel, patience);
    Optional<Share> large =
        bytes.length() > SMALL_STEP ? largeBuffers.take() : Optional.<Share>empty();
    stalled.watch(body);
    try {
      body.send(bytes, large.map(Share::buffers).orElseGet(() -> smallBuffers(bytes)));
    } finally {
      stalled.forget(body);
      large.ifPresent(share -> giveBack(share, body, channel));
    }
  }

  /** In the heap: a few of them need no more care than that. */
  private static List<ByteBuffer> smallBuffers(BlobBytes bytes) {
    return List.of(ByteBuffer.allocate((int) Math.min(SMALL_STEP, bytes.length())));
  }

  /**
   * The memory of an answer must not reach the next one's before the last byte has left. Once all
   * writes are over, even by failing, what is left of them stands in the connection's queue; there
   * an empty write comes behind it, and is over at the latest when the connection is.
   */
  private void giveBack(Share share, SteppedBody body, Channel channel) {
    Future<?> over = Future.join(body.underWay());
    var _ =
        over.onComplete(
            _ ->
                channel
                    .writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(_ -> largeBuffers.give(share)));
  }

  @Override
  public void writeTo(
      BlobBytes bytes,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream to) {
    throw new UnsupportedOperationException("no interceptor or filter writes through streams here");
  }
}
