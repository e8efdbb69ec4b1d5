package io.gantry.bootstrap.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.client.Command.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Regctl, which pushes large blobs in chunks and mounts without naming a source. */
final class RegctlClientIT extends LayoutClientContract {
  private static final String SBOM = "application/vnd.example.sbom";

  private String registry = "";
  private Command regctl = Command.of("regctl");

  @Override
  String program() {
    return "regctl";
  }

  @Override
  void open(String address) throws Exception {
    registry = address;
    regctl =
        Command.of("regctl")
            .with("REGCTL_CONFIG", work.resolve("regctl.json").toString())
            .with("DOCKER_CONFIG", work.resolve("docker").toString());
    regctl
        .run(
            "registry",
            "set",
            "--skip-check",
            "--tls=disabled",
            "--blob-max=50000",
            "--blob-chunk=40000",
            registry)
        .succeeds();
  }

  @Override
  Outcome login(String user, byte[] password) throws Exception {
    return regctl.run(password, "registry", "login", "-u", user, "--pass-stdin", registry);
  }

  @Override
  Outcome logout() throws Exception {
    return regctl.run("registry", "logout", registry);
  }

  @Override
  Outcome copyOut(Path folder, String reference) throws Exception {
    return regctl.run("image", "copy", "ocidir://" + folder + ":1", reference);
  }

  @Override
  Outcome copyIn(String reference, Path folder) throws Exception {
    return regctl.run("image", "copy", reference, "ocidir://" + folder + ":1");
  }

  @Override
  Outcome copyAcross(String from, String to) throws Exception {
    return regctl.run("image", "copy", from, to);
  }

  @Test
  void listsTagsAndDeletesOne() throws Exception {
    Target target = target();
    loginAsOwner();
    push(target.reference()).succeeds();
    String repository = target.registry() + "/" + target.repository();
    regctl.run("image", "copy", target.reference(), repository + ":2").succeeds();
    assertThat(lines(regctl.run("tag", "ls", repository).succeeds())).containsExactly("1", "2");

    regctl.run("tag", "rm", target.reference()).succeeds();
    assertThat(regctl.run("tag", "ls", repository).succeeds()).isEqualTo("2");
    regctl.run("manifest", "head", repository + ":2").succeeds();
  }

  @Test
  void findsTheArtifactOfAnImage() throws Exception {
    Target target = target();
    loginAsOwner();
    push(target.reference()).succeeds();
    regctl
        .run(
            bytes("{}"),
            "artifact",
            "put",
            "--artifact-type=" + SBOM,
            "--subject",
            target.reference())
        .succeeds();

    assertThat(
            regctl
                .run("artifact", "list", "--filter-artifact-type=" + SBOM, target.reference())
                .succeeds())
        .contains(SBOM);
    assertThat(
            regctl
                .run(
                    "artifact",
                    "get",
                    "--subject",
                    target.reference(),
                    "--filter-artifact-type=" + SBOM)
                .succeeds())
        .isEqualTo("{}");
  }
}
