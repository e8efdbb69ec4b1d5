package io.gantry.oci;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends what no well-behaved client library lets through. */
final class RawRequest {
  private RawRequest() {}

  /** The whole answer to a request of the owner's without a body. */
  static String send(String method, String target) throws IOException {
    return new String(send(method, target, "Content-Length: 0"), StandardCharsets.UTF_8);
  }

  /** The whole answer to a request of the owner's with one more header. */
  static byte[] get(String target, String header) throws IOException {
    return send("GET", target, header);
  }

  private static byte[] send(String method, String target, String header) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      String request =
          "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: %s\r\n"
                  .formatted(method, target, Callers.OWNER.basic())
              + header
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().readAllBytes();
    }
  }
}
