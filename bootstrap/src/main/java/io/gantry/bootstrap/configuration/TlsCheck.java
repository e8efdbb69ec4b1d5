package io.gantry.bootstrap.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what is wrong with the certificate, before the framework says it in its own terms. */
final class TlsCheck {
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN ([A-Z]+ )?PRIVATE KEY-----");

  private final List<String> problems = new ArrayList<>();

  private TlsCheck() {}

  /** One sentence per problem, each naming its key. */
  static List<String> problemsOf(GantryConfig.TlsConfig tls) {
    var check = new TlsCheck();
    check.combination(tls);
    tls.certificate().ifPresent(check::certificate);
    tls.key().ifPresent(check::key);
    tls.keyStore().ifPresent(file -> check.keyStore(file, tls.keyStorePassword()));
    check.require(
        tls.port() > 0 && tls.port() <= 65535,
        "gantry.tls.port",
        "must be a port between 1 and 65535");
    check.require(
        tls.reloadPeriod().isPositive(), "gantry.tls.reload-period", "must be longer than 0s");
    return List.copyOf(check.problems);
  }

  private void combination(GantryConfig.TlsConfig tls) {
    require(
        tls.certificate().isEmpty() || tls.key().isPresent(),
        "gantry.tls.key",
        "must be set together with gantry.tls.certificate");
    require(
        tls.key().isEmpty() || tls.certificate().isPresent(),
        "gantry.tls.certificate",
        "must be set together with gantry.tls.key");
    require(
        tls.certificate().isEmpty() || tls.keyStore().isEmpty(),
        "gantry.tls.key-store",
        "cannot be set together with gantry.tls.certificate");
    require(
        tls.keyStore().isEmpty() || tls.keyStorePassword().isPresent(),
        "gantry.tls.key-store-password",
        "must be set together with gantry.tls.key-store");
  }

  private void certificate(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      boolean some = !CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty();
      require(some, "gantry.tls.certificate", "holds no certificate: " + file);
    } catch (IOException e) {
      unreadable("gantry.tls.certificate", file);
    } catch (GeneralSecurityException e) {
      require(false, "gantry.tls.certificate", "must be a PEM file of certificates: " + file);
    }
  }

  private void key(Path file) {
    try {
      require(
          PRIVATE_KEY.matcher(Files.readString(file)).find(),
          "gantry.tls.key",
          "must be a PEM file of a private key without a password: " + file);
    } catch (IOException e) {
      unreadable("gantry.tls.key", file);
    }
  }

  private void keyStore(Path file, Optional<String> password) {
    if (!Files.isReadable(file)) {
      unreadable("gantry.tls.key-store", file);
      return;
    }
    if (password.isEmpty()) return;
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore.getInstance("PKCS12").load(in, password.get().toCharArray());
    } catch (IOException | GeneralSecurityException e) {
      require(
          false,
          "gantry.tls.key-store",
          "must be a PKCS#12 file that gantry.tls.key-store-password opens: " + file);
    }
  }

  private void unreadable(String key, Path file) {
    require(false, key, "names a file that cannot be read: " + file);
  }

  private void require(boolean fulfilled, String key, String rule) {
    if (!fulfilled) problems.add(key + " " + rule);
  }
}
