package io.gantry.bootstrap.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for localhost that nobody but itself has signed, with its key. */
record Certificate(Path keyStore, KeyStore content) {
  static final String PASSWORD = "changeit";
  private static final String ALIAS = "server";

  /** Has the JDK's keytool make one, in a PKCS#12 file in this folder. */
  static Certificate create(Path folder) throws Exception {
    return create(folder, "EC");
  }

  /** The same with a key of this algorithm. */
  static Certificate create(Path folder, String algorithm) throws Exception {
    Path file = folder.resolve(UUID.randomUUID() + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore content = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      content.load(in, PASSWORD.toCharArray());
    }
    return new Certificate(file, content);
  }

  X509Certificate certificate() throws Exception {
    return (X509Certificate) content.getCertificate(ALIAS);
  }

  Path writeCertificate(Path file) throws Exception {
    return Files.writeString(file, pem("CERTIFICATE", certificate().getEncoded()));
  }

  Path writeKey(Path file) throws Exception {
    byte[] key = content.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
    return Files.writeString(file, pem("PRIVATE KEY", key));
  }

  /** Trusts this certificate and no other. */
  SSLContext trust() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, certificate());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), new SecureRandom());
    return context;
  }

  private static String pem(String type, byte[] content) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
  }
}
