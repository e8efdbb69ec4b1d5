package io.gantry.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/** Sends bytes that no well-behaved client library would. */
final class RawHttp {
  private static final int TIMEOUT_MILLIS = 20_000;

  private RawHttp() {}

  /** What the server sends until it closes the connection. */
  static String send(String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request of the owner; each header ends in a line break. */
  static String request(String line, String headers, String body) {
    return line
        + " HTTP/1.1\r\nHost: localhost\r\nX-Auth-Token: "
        + TestRegistry.OWNER
        + "\r\n"
        + headers
        + "\r\n"
        + body;
  }
}
