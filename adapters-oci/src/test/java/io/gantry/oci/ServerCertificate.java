package io.gantry.oci;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Lets the server under test speak TLS, with a certificate that nobody but itself has signed. */
public final class ServerCertificate implements QuarkusTestResourceLifecycleManager {
  private static final String PASSWORD = "changeit";

  @Override
  public Map<String, String> start() {
    try {
      Path file = Files.createTempDirectory("certificate").resolve("server.p12");
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=localhost",
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  PASSWORD,
                  "-keystore",
                  file.toString())
              .inheritIO()
              .start();
      if (keytool.waitFor() != 0) throw new IllegalStateException("no certificate");
      file.toFile().deleteOnExit();
      return Map.of(
          "quarkus.http.ssl.certificate.key-store-file",
          file.toString(),
          "quarkus.http.ssl.certificate.key-store-password",
          PASSWORD,
          "quarkus.http.insecure-requests",
          "enabled",
          "quarkus.http.test-ssl-port",
          "0");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {}
}
