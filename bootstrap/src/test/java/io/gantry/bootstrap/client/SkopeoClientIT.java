package io.gantry.bootstrap.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.client.Command.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Skopeo between the registry and folders on disk. */
final class SkopeoClientIT extends ClientContract {
  private static final int LAYER_BYTES = 100_000;

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

  @Override
  Outcome push(String reference) throws Exception {
    Path folder = Files.createTempDirectory(work, "layout-");
    var _ = OciLayout.of(folder, "1", TestImage.random(3, LAYER_BYTES));
    return copyOut(folder, reference);
  }

  @Override
  void removeLocally(String reference) throws Exception {
    Path folder = pulled(reference);
    if (Files.notExists(folder)) return;
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  Outcome pull(String reference) throws Exception {
    return copyIn(reference, pulled(reference));
  }

  @Override
  String digestOfPulled(String reference) throws Exception {
    return new OciLayout(pulled(reference)).digest();
  }

  @Test
  void bringsEveryBlobBackAsItWas() throws Exception {
    String reference = target().reference();
    loginAsOwner();
    OciLayout pushed = OciLayout.of(work.resolve("whole"), "1", TestImage.random(5, LAYER_BYTES));
    copyOut(pushed.folder(), reference).succeeds();
    pull(reference).succeeds();

    var pulled = new OciLayout(pulled(reference));
    assertThat(pulled.digest()).isEqualTo(pushed.digest());
    assertThat(pulled.blobs()).isEqualTo(pushed.blobs()).hasSize(7);
    assertThat(pulled.blobs()).allSatisfy((name, digest) -> assertThat(digest).isEqualTo(name));
  }

  @Test
  void copiesAnIndexWithAllItsImages() throws Exception {
    Target target = target();
    loginAsOwner();
    OciLayout pushed =
        OciLayout.ofTwo(
            work.resolve("index"),
            "1",
            TestImage.random(2, LAYER_BYTES),
            TestImage.of(TestImage.random(2, LAYER_BYTES).layers(), "arm64"));
    copyOut(pushed.folder(), target.reference(), "--all").succeeds();
    copyIn(target.reference(), work.resolve("index-again"), "--all").succeeds();

    var pulled = new OciLayout(work.resolve("index-again"));
    assertThat(pulled.digest()).isEqualTo(pushed.digest());
    assertThat(pulled.blobs()).isEqualTo(pushed.blobs()).hasSize(9);
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

  private Outcome copyOut(Path folder, String reference, String... options) throws Exception {
    return copy("oci:" + folder + ":1", "docker://" + reference, options);
  }

  private Outcome copyIn(String reference, Path folder, String... options) throws Exception {
    return copy("docker://" + reference, "oci:" + folder + ":1", options);
  }

  private Outcome copy(String from, String to, String... options) throws Exception {
    var line = new ArrayList<String>();
    line.add("copy");
    line.add(authFile);
    line.add("--src-tls-verify=false");
    line.add("--dest-tls-verify=false");
    line.addAll(List.of(options));
    line.add(from);
    line.add(to);
    return skopeo.run(line.toArray(String[]::new));
  }

  /** The folder that stands for what the client has of a reference. */
  private Path pulled(String reference) {
    return work.resolve("pulled-" + Content.of(bytes(reference)).digest().substring(7, 19));
  }
}
