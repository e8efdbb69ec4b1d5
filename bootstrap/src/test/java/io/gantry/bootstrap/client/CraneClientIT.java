package io.gantry.bootstrap.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.client.Command.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Crane, the client of the library that kaniko, ko and cosign are made with. */
final class CraneClientIT extends LayoutClientContract {
  private String registry = "";
  private Command crane = Command.of("crane");

  @Override
  String program() {
    return "crane";
  }

  @Override
  void open(String address) {
    registry = address;
    crane = Command.of("crane").with("DOCKER_CONFIG", work.resolve("docker").toString());
  }

  @Override
  Outcome login(String user, byte[] password) throws Exception {
    crane.run(password, "auth", "login", "-u", user, "--password-stdin", registry).succeeds();
    // Logging in only keeps the password; the registry is first asked here.
    return crane.run("catalog", registry);
  }

  @Override
  Outcome logout() throws Exception {
    return crane.run("auth", "logout", registry);
  }

  @Override
  Outcome copyOut(Path folder, String reference) throws Exception {
    return crane.run("push", folder.toString(), reference);
  }

  @Override
  Outcome copyIn(String reference, Path folder) throws Exception {
    return crane.run("pull", "--format=oci", reference, folder.toString());
  }

  @Override
  Outcome copyAcross(String from, String to) throws Exception {
    return crane.run("copy", from, to);
  }

  @Test
  void tagsListsAndDeletes() throws Exception {
    Target target = target();
    loginAsOwner();
    push(target.reference()).succeeds();
    String repository = target.registry() + "/" + target.repository();
    crane.run("tag", target.reference(), "v1.0").succeeds();
    assertThat(lines(crane.run("ls", repository).succeeds())).containsExactly("1", "v1.0");
    assertThat(lines(crane.run("catalog", registry).succeeds())).contains(target.repository());
    crane.run("validate", "--remote", target.reference()).succeeds();

    String digest = crane.run("digest", target.reference()).succeeds();
    crane.run("delete", repository + "@" + digest).succeeds();
    assertThat(crane.run("ls", repository).succeeds()).isEmpty();
    crane.run("manifest", target.reference()).fails();
  }
}
