package io.gantry.bootstrap.client;

import io.gantry.bootstrap.client.Command.Outcome;

/** Podman, with images and credentials of the test's own. */
final class PodmanClientIT extends ClientContract {
  private static final String NO_TLS = "--tls-verify=false";

  private String registry = "";
  private String authFile = "";
  private Command podman = Command.of("podman");

  @Override
  String program() {
    return "podman";
  }

  @Override
  void open(String address) {
    registry = address;
    authFile = "--authfile=" + work.resolve("auth.json");
    podman =
        Command.of(
                "podman",
                "--root=" + work.resolve("images"),
                "--runroot=" + work.resolve("run"),
                "--storage-driver=vfs",
                "--events-backend=none",
                "--cgroup-manager=cgroupfs")
            .with("HOME", work.toString())
            .with("XDG_RUNTIME_DIR", work.toString());
  }

  @Override
  Outcome login(String user, byte[] password) throws Exception {
    return podman.run(
        password, "login", authFile, NO_TLS, "--username", user, "--password-stdin", registry);
  }

  @Override
  Outcome logout() throws Exception {
    return podman.run("logout", authFile, registry);
  }

  @Override
  Outcome push(String reference) throws Exception {
    podman.run(TestImage.archive(100_000), "import", "-", reference).succeeds();
    return podman.run("push", authFile, NO_TLS, reference);
  }

  @Override
  void removeLocally(String reference) throws Exception {
    podman.run("rmi", reference).succeeds();
  }

  @Override
  Outcome pull(String reference) throws Exception {
    return podman.run("pull", authFile, NO_TLS, reference);
  }

  @Override
  String digestOfPulled(String reference) throws Exception {
    return podman.run("image", "inspect", "--format", "{{.Digest}}", reference).succeeds();
  }
}
