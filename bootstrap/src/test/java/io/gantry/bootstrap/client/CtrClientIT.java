package io.gantry.bootstrap.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gantry.bootstrap.client.Command.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Containerd by its command line, with a daemon of the test's own: Kubernetes pulls this way. */
final class CtrClientIT extends ClientContract {
  private static final int ATTEMPTS = 5;

  /**
   * What ctr prints when it fails to read a blob from its own daemon, about once in sixty pushes
   * and before the registry has answered (containerd's issue 5734).
   */
  private static final String DAEMON_FAILED = "rpc error: code = Internal desc = unexpected EOF";

  private Command ctr = Command.of("ctr");
  private List<String> credentials = List.of();
  private @Nullable Daemon daemon;

  @Override
  String program() {
    return "ctr";
  }

  @Override
  void open(String address) throws Exception {
    assumeFalse(Command.installed("containerd").isEmpty(), "containerd is not installed");
    assumeTrue(System.getProperty("user.name").equals("root"), "containerd needs root");
    // A socket's path may have no more than about a hundred characters.
    Path socket = work.resolve("c.sock");
    Path configuration = work.resolve("containerd.toml");
    Files.writeString(
        configuration,
        """
        version = 2
        root = "%s"
        state = "%s"
        disabled_plugins = ["io.containerd.grpc.v1.cri"]
        [grpc]
        address = "%s"
        """
            .formatted(work.resolve("root"), work.resolve("state"), socket));
    ctr = Command.of("ctr", "--address=" + socket);
    daemon =
        Daemon.start(
            Command.of("containerd", "--config=" + configuration),
            work.resolve("containerd.log"),
            () -> ctr.works("version"));
  }

  @Override
  void close() throws Exception {
    if (daemon != null) daemon.stop();
  }

  /** There is no login: who calls is said with each call. */
  @Override
  Outcome login(String user, byte[] password) throws Exception {
    credentials = List.of("--user=" + user + ":" + new String(password, UTF_8));
    return ctr.run("version");
  }

  @Override
  Outcome logout() throws Exception {
    credentials = List.of();
    return ctr.run("version");
  }

  @Override
  Outcome push(String reference) throws Exception {
    Path folder = Files.createTempDirectory(work, "layout-");
    var _ = OciLayout.of(folder, "1", TestImage.random(3, 100_000));
    Path archive = Files.createTempFile(work, "layout-", ".tar");
    Command.of("tar", "--directory=" + folder, "--create", "--file=" + archive, ".")
        .run()
        .succeeds();
    String base = reference.substring(0, reference.lastIndexOf(':'));
    ctr.run("images", "import", "--no-unpack", "--base-name=" + base, archive.toString())
        .succeeds();
    for (int attempt = 1; ; attempt++) {
      Outcome pushed = remote("images", "push", reference);
      if (attempt == ATTEMPTS || !pushed.output().contains(DAEMON_FAILED)) return pushed;
    }
  }

  @Override
  void removeLocally(String reference) throws Exception {
    ctr.run("images", "remove", "--sync", reference).succeeds();
  }

  /** Without unpacking, which needs the right to mount file systems. */
  @Override
  Outcome pull(String reference) throws Exception {
    return remote("content", "fetch", reference);
  }

  @Override
  String digestOfPulled(String reference) throws Exception {
    String row = ctr.run("images", "list", "name==" + reference).succeeds().lines().toList().get(1);
    return row.split("\\s+", -1)[2];
  }

  @Override
  @Test
  void isRefusedAWrongPassword() throws Exception {
    login(ANY_USER, bytes(UUID.randomUUID().toString())).succeeds();
    push(target().reference()).fails();
  }

  @Test
  void pullsByDigest() throws Exception {
    Target target = target();
    loginAsOwner();
    push(target.reference()).succeeds();
    String image = controlPlane().image(target.namespace()).path("id").asText();
    String digest = controlPlane().tag(image).path("digest").asText();
    removeLocally(target.reference());

    String reference = target.registry() + "/" + target.repository() + "@" + digest;
    pull(reference).succeeds();
    assertThat(digestOfPulled(reference)).isEqualTo(digest);
  }

  private Outcome remote(String noun, String verb, String reference) throws Exception {
    var line = new ArrayList<>(List.of(noun, verb, "--plain-http"));
    line.addAll(credentials);
    line.add(reference);
    return ctr.run(line.toArray(String[]::new));
  }
}
