package io.gantry.bootstrap.client;

import io.gantry.bootstrap.client.Command.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;

/** Buildah, with images and credentials of the test's own. */
final class BuildahClientIT extends ClientContract {
  private static final String NO_TLS = "--tls-verify=false";

  private String registry = "";
  private String authFile = "";
  private Command buildah = Command.of("buildah");

  @Override
  String program() {
    return "buildah";
  }

  @Override
  void open(String address) {
    registry = address;
    authFile = "--authfile=" + work.resolve("auth.json");
    buildah =
        Command.of(
                "buildah",
                "--root=" + work.resolve("images"),
                "--runroot=" + work.resolve("run"),
                "--storage-driver=vfs")
            .with("HOME", work.toString())
            .with("XDG_RUNTIME_DIR", work.toString());
  }

  @Override
  Outcome login(String user, byte[] password) throws Exception {
    return buildah.run(
        password, "login", authFile, NO_TLS, "--username", user, "--password-stdin", registry);
  }

  @Override
  Outcome logout() throws Exception {
    return buildah.run("logout", authFile, registry);
  }

  @Override
  Outcome push(String reference) throws Exception {
    Path archive = Files.createTempFile(work, "layer-", ".tar");
    Files.write(archive, TestImage.archive(100_000));
    String container = buildah.run("from", "scratch").succeeds();
    buildah.run("add", container, archive.toString(), "/").succeeds();
    buildah.run("commit", "--rm", container, reference).succeeds();
    return buildah.run("push", authFile, NO_TLS, reference, "docker://" + reference);
  }

  @Override
  void removeLocally(String reference) throws Exception {
    buildah.run("rmi", reference).succeeds();
  }

  @Override
  Outcome pull(String reference) throws Exception {
    return buildah.run("pull", authFile, NO_TLS, reference);
  }

  @Override
  String digestOfPulled(String reference) throws Exception {
    return buildah
        .run("inspect", "--type", "image", "--format", "{{.FromImageDigest}}", reference)
        .succeeds();
  }
}
