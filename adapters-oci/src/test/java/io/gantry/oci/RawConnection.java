package io.gantry.oci;

import io.restassured.RestAssured;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A connection on which the order of sending and receiving is the test's. */
final class RawConnection implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Socket socket;
  private final InputStream received;

  RawConnection() throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    received = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends the head of a request; {@code headers} are lines without their ends. */
  void sendHead(String method, String target, String... headers) throws IOException {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost");
    for (String header : headers) head.append("\r\n").append(header);
    send(head + "\r\n\r\n");
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.US_ASCII));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** The next answer: head and, if its length is said, body. */
  String answer() throws IOException {
    StringBuilder answer = new StringBuilder();
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      answer.append(line).append('\n');
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length: ")) {
        length = Integer.parseInt(lower.substring("content-length: ".length()));
      }
    }
    return answer.append('\n').append(text(received.readNBytes(length))).toString();
  }

  /** Whether something has been received that was not asked for yet, waiting for a moment. */
  boolean hasAnswer() throws IOException {
    socket.setSoTimeout(50);
    received.mark(1);
    try {
      boolean has = received.read() >= 0;
      received.reset();
      return has;
    } catch (SocketTimeoutException _) {
      return false;
    } finally {
      socket.setSoTimeout((int) PATIENCE.toMillis());
    }
  }

  /** Whether the other side ends the connection next, without sending any more. */
  boolean isEnded() {
    try {
      return received.read() < 0;
    } catch (IOException _) {
      return true;
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = received.read(); c != '\n'; c = received.read()) {
      if (c < 0) throw new IOException("the connection ended after: " + line);
      if (c != '\r') line.append((char) c);
    }
    return line.toString();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
