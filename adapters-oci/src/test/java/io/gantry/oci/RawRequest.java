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
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      String request =
          "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: %s\r\n"
                  .formatted(method, target, Callers.OWNER.basic())
              + "Content-Length: 0\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
