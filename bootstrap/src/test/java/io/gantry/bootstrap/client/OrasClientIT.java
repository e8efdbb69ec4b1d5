package io.gantry.bootstrap.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gantry.bootstrap.client.Command.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Oras, the client of the library that Helm and Notation are made with: artifacts of any kind. */
final class OrasClientIT extends LayoutClientContract {
  private static final String HELM_CONFIG = "application/vnd.cncf.helm.config.v1+json";
  private static final String HELM_CHART = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

  private String registry = "";
  private Command oras = Command.of("oras");

  @Override
  String program() {
    return "oras";
  }

  @Override
  void open(String address) {
    registry = address;
    oras = Command.of("oras").with("DOCKER_CONFIG", work.resolve("docker").toString());
  }

  @Override
  Outcome login(String user, byte[] password) throws Exception {
    return oras.run(
        password, "login", "--plain-http", "--username", user, "--password-stdin", registry);
  }

  @Override
  Outcome logout() throws Exception {
    return oras.run("logout", registry);
  }

  @Override
  Outcome copyOut(Path folder, String reference) throws Exception {
    return oras.run("copy", "--from-oci-layout", "--to-plain-http", folder + ":1", reference);
  }

  @Override
  Outcome copyIn(String reference, Path folder) throws Exception {
    return oras.run("copy", "--from-plain-http", "--to-oci-layout", reference, folder + ":1");
  }

  @Override
  Outcome copyAcross(String from, String to) throws Exception {
    return oras.run("copy", "--from-plain-http", "--to-plain-http", from, to);
  }

  @Test
  void copiesAnIndexOfIndexes() throws Exception {
    TestImage image = TestImage.random(2, LAYER_BYTES);
    Content index =
        OciLayout.index(TestImage.descriptor(TestImage.MANIFEST_TYPE, image.manifest()));
    Content outer = OciLayout.index(TestImage.descriptor(OciLayout.INDEX_TYPE, index));
    var all = new ArrayList<>(image.blobs());
    all.addAll(List.of(image.manifest(), index, outer));
    OciLayout pushed = OciLayout.of(folder(), "1", all.toArray(Content[]::new));
    assertThat(goesThere(pushed).blobs()).hasSize(6);
  }

  /** As buildkit kept its cache: the entries of the index are layers, not manifests. */
  @Test
  void copiesAnIndexOfLayers() throws Exception {
    TestImage.Layer layer = TestImage.randomLayer(LAYER_BYTES);
    Content config =
        TestImage.json("{\"layers\":[{\"blob\":\"" + layer.content().digest() + "\"}]}");
    Content index =
        OciLayout.index(
            TestImage.descriptor(TestImage.LAYER_TYPE, layer.content())
                + ","
                + TestImage.descriptor("application/vnd.buildkit.cacheconfig.v0", config));
    OciLayout pushed = OciLayout.of(folder(), "1", layer.content(), config, index);
    assertThat(goesThere(pushed).blobs()).hasSize(3);
  }

  @Test
  void copiesALayerOfTypeZstd() throws Exception {
    TestImage image =
        TestImage.of(
            TestImage.random(1, LAYER_BYTES).layers(),
            "amd64",
            "application/vnd.oci.image.layer.v1.tar+zstd");
    assertThat(goesThere(OciLayout.of(folder(), "1", image)).blobs()).hasSize(3);
  }

  /** The shape in which {@code helm push} stores a chart. */
  @Test
  void pushesAndPullsAChart() throws Exception {
    Target target = target();
    loginAsOwner();
    Path chart = folder();
    Files.write(chart.resolve("demo-1.0.0.tgz"), TestImage.archive(1_000));
    Files.writeString(chart.resolve("config.json"), "{\"name\":\"demo\",\"version\":\"1.0.0\"}");
    oras.in(chart)
        .run(
            "push",
            "--plain-http",
            "--config=config.json:" + HELM_CONFIG,
            target.reference(),
            "demo-1.0.0.tgz:" + HELM_CHART)
        .succeeds();

    Path pulled = folder();
    oras.in(pulled).run("pull", "--plain-http", target.reference()).succeeds();
    assertThat(pulled.resolve("demo-1.0.0.tgz"))
        .hasSameBinaryContentAs(chart.resolve("demo-1.0.0.tgz"));
    String config =
        oras.run("manifest", "fetch-config", "--plain-http", target.reference()).succeeds();
    assertThat(config).isEqualTo("{\"name\":\"demo\",\"version\":\"1.0.0\"}");
  }

  @Test
  void findsWhatItAttached() throws Exception {
    Target target = target();
    loginAsOwner();
    push(target.reference()).succeeds();
    attach(target, "application/vnd.example.sbom", "sbom.json");
    attach(target, "application/vnd.example.signature", "signature.json");

    assertThat(referrers(target)).hasSize(2);
    assertThat(referrers(target, "--artifact-type=application/vnd.example.sbom"))
        .singleElement()
        .satisfies(
            found ->
                assertThat(found.path("artifactType").asText())
                    .isEqualTo("application/vnd.example.sbom"));
    // The registry answers for referrers itself: none is kept as a tag.
    assertThat(oras.run("repo", "tags", "--plain-http", repository(target)).succeeds())
        .isEqualTo("1");

    Target copy = target.beside("copy");
    oras.run(
            "copy",
            "-r",
            "--from-plain-http",
            "--to-plain-http",
            target.reference(),
            copy.reference())
        .succeeds();
    assertThat(referrers(copy)).hasSize(2);

    String signature =
        referrers(target, "--artifact-type=application/vnd.example.signature")
            .path(0)
            .path("digest")
            .asText();
    oras.run("manifest", "delete", "--force", "--plain-http", repository(target) + "@" + signature)
        .succeeds();
    assertThat(referrers(target)).hasSize(1);
  }

  private static String repository(Target target) {
    return target.registry() + "/" + target.repository();
  }

  private void attach(Target target, String artifactType, String file) throws Exception {
    Path folder = folder();
    Files.writeString(folder.resolve(file), "{\"of\":\"" + target.reference() + "\"}");
    oras.in(folder)
        .run(
            "attach",
            "--plain-http",
            "--artifact-type=" + artifactType,
            target.reference(),
            file + ":application/json")
        .succeeds();
  }

  private JsonNode referrers(Target target, String... options) throws Exception {
    String json =
        oras.run(
                Stream.concat(
                        Stream.of("discover", "--plain-http", "--format=json", target.reference()),
                        Stream.of(options))
                    .toArray(String[]::new))
            .succeeds();
    return new ObjectMapper().readTree(json).path("referrers");
  }
}
