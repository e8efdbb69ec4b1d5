package io.gantry.bootstrap.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.client.Command.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Skopeo between the registry and folders on disk. */
final class SkopeoClientIT extends LayoutClientContract {
  private String registry = "";
  private String authFile = "";
  private Command skopeo = Command.of("skopeo");

  @Override
  String program() {
    return "skopeo";
  }

  @Override
  void open(String address) {
    registry = address;
    authFile = "--authfile=" + work.resolve("auth.json");
    skopeo =
        Command.of("skopeo", "--insecure-policy")
            .with("HOME", work.toString())
            .with("XDG_RUNTIME_DIR", work.toString());
  }

  @Override
  Outcome login(String user, byte[] password) throws Exception {
    return skopeo.run(
        password,
        "login",
        authFile,
        "--tls-verify=false",
        "--username",
        user,
        "--password-stdin",
        registry);
  }

  @Override
  Outcome logout() throws Exception {
    return skopeo.run("logout", authFile, registry);
  }

  @Test
  void inspectsListsAndDeletes() throws Exception {
    Target target = target();
    loginAsOwner();
    push(target.reference()).succeeds();
    String image = controlPlane().image(target.namespace()).path("id").asText();
    String digest = controlPlane().tag(image).path("digest").asText();

    assertThat(ask("inspect", target.reference()).succeeds()).contains(digest);
    String repository = target.registry() + "/" + target.repository();
    assertThat(ask("list-tags", repository).succeeds())
        .containsPattern("\"Tags\": \\[\\s*\"1\"\\s*\\]");

    ask("delete", target.reference()).succeeds();
    ask("inspect", target.reference()).fails();
  }

  private Outcome ask(String command, String reference) throws Exception {
    return skopeo.run(command, authFile, "--tls-verify=false", "docker://" + reference);
  }

  @Override
  Outcome copyOut(Path folder, String reference) throws Exception {
    return copy("oci:" + folder + ":1", "docker://" + reference);
  }

  @Override
  Outcome copyIn(String reference, Path folder) throws Exception {
    return copy("docker://" + reference, "oci:" + folder + ":1");
  }

  @Override
  Outcome copyAcross(String from, String to) throws Exception {
    return copy("docker://" + from, "docker://" + to);
  }

  /** All images of an index, of what is none the image. */
  private Outcome copy(String from, String to) throws Exception {
    return skopeo.run(
        "copy", "--all", authFile, "--src-tls-verify=false", "--dest-tls-verify=false", from, to);
  }
}
