package io.gantry.bootstrap.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gantry.bootstrap.client.Command.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Helm: charts, which it pushes under their own name and, as the tag, their own version. */
final class HelmClientIT extends ClientContract {
  private static final String CONFIG = "application/vnd.cncf.helm.config.v1+json";
  private static final String CHART = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
  private static final Pattern DIGEST = Pattern.compile("Digest: (sha256:[0-9a-f]{64})");

  private String registry = "";
  private Command helm = Command.of("helm");

  @Override
  String program() {
    return "helm";
  }

  @Override
  void open(String address) {
    registry = address;
    Path home = work.resolve("helm");
    helm =
        Command.of("helm")
            .with("HELM_CACHE_HOME", home.resolve("cache").toString())
            .with("HELM_CONFIG_HOME", home.resolve("config").toString())
            .with("HELM_DATA_HOME", home.resolve("data").toString())
            .with("HELM_REGISTRY_CONFIG", home.resolve("registry.json").toString());
  }

  @Override
  Outcome login(String user, byte[] password) throws Exception {
    return helm.run(
        password,
        "registry",
        "login",
        "--plain-http",
        "--username",
        user,
        "--password-stdin",
        registry);
  }

  @Override
  Outcome logout() throws Exception {
    return helm.run("registry", "logout", registry);
  }

  @Override
  Outcome push(String reference) throws Exception {
    return push(reference, packed(reference));
  }

  @Override
  void removeLocally(String reference) throws Exception {
    Files.deleteIfExists(pulled(reference));
  }

  @Override
  Outcome pull(String reference) throws Exception {
    Outcome outcome =
        helm.run(about("pull", reference, "--destination", folderOf(reference).toString()));
    Matcher digest = DIGEST.matcher(outcome.output());
    if (digest.find()) Files.writeString(folderOf(reference).resolve("digest"), digest.group(1));
    return outcome;
  }

  @Override
  String digestOfPulled(String reference) throws Exception {
    return Files.readString(folderOf(reference).resolve("digest"));
  }

  @Test
  void bringsAChartBackAsItWas() throws Exception {
    String reference = target().reference();
    loginAsOwner();
    Path packed = packed(reference);
    push(reference, packed).succeeds();

    pull(reference).succeeds();
    assertThat(pulled(reference)).hasSameBinaryContentAs(packed);
    assertThat(helm.run(about("show chart", reference)).succeeds())
        .contains("name: app")
        .contains("version: \"1\"");
  }

  @Test
  void keepsChartsAsArtifacts() throws Exception {
    Target target = target();
    loginAsOwner();
    push(target.reference()).succeeds();

    JsonNode manifest =
        new ObjectMapper().readTree(dataPlane().pullManifest(target.repository(), "1").bytes());
    assertThat(manifest.path("config").path("mediaType").asText()).isEqualTo(CONFIG);
    assertThat(manifest.path("layers").path(0).path("mediaType").asText()).isEqualTo(CHART);
  }

  /** A tag cannot have a plus sign: Helm has an underscore there, and knows it back. */
  @Test
  void findsAVersionWithAPlusSign() throws Exception {
    Target target = target();
    loginAsOwner();
    String reference = target.reference().replaceFirst(":1$", ":1.2.3+build.4");
    push(reference, packed(reference)).succeeds();

    assertThat(dataPlane().hasTag(target.repository(), "1.2.3_build.4")).isTrue();
    pull(reference).succeeds();
    assertThat(pulled(reference)).isNotEmptyFile();
  }

  private Outcome push(String reference, Path chart) throws Exception {
    String parent = reference.substring(0, reference.lastIndexOf('/'));
    return helm.run("push", "--plain-http", chart.toString(), "oci://" + parent);
  }

  /** A new chart of that name and version, unlike any other. */
  private Path packed(String reference) throws Exception {
    Path folder = Files.createTempDirectory(work, "chart-");
    helm.in(folder).run("create", name(reference)).succeeds();
    Files.write(folder.resolve(name(reference)).resolve("noise"), TestImage.archive(10_000));
    helm.in(folder).run("package", name(reference), "--version", version(reference)).succeeds();
    return folder.resolve(fileName(reference));
  }

  /** The line that does something with a chart of the registry. */
  private static String[] about(String verb, String reference, String... more) {
    String chart = reference.substring(0, reference.lastIndexOf(':'));
    var line = new ArrayList<>(List.of(verb.split(" ", -1)));
    line.addAll(List.of("--plain-http", "oci://" + chart, "--version", version(reference)));
    line.addAll(List.of(more));
    return line.toArray(String[]::new);
  }

  private Path pulled(String reference) throws IOException {
    return folderOf(reference).resolve(fileName(reference));
  }

  /** What the client has of a reference. */
  private Path folderOf(String reference) throws IOException {
    String name = Content.of(bytes(reference)).digest().substring(7, 19);
    return Files.createDirectories(work.resolve("pulled-" + name));
  }

  private static String fileName(String reference) {
    return name(reference) + "-" + version(reference) + ".tgz";
  }

  private static String name(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1, reference.lastIndexOf(':'));
  }

  private static String version(String reference) {
    return reference.substring(reference.lastIndexOf(':') + 1);
  }
}
