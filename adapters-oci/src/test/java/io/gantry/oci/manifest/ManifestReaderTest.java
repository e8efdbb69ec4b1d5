package io.gantry.oci.manifest;

import static io.gantry.oci.manifest.Documents.DOCKER_LIST;
import static io.gantry.oci.manifest.Documents.DOCKER_MANIFEST;
import static io.gantry.oci.manifest.Documents.OCI_CONFIG;
import static io.gantry.oci.manifest.Documents.OCI_INDEX;
import static io.gantry.oci.manifest.Documents.OCI_LAYER;
import static io.gantry.oci.manifest.Documents.OCI_MANIFEST;
import static io.gantry.oci.manifest.Documents.describe;
import static io.gantry.oci.manifest.Documents.descriptor;
import static io.gantry.oci.manifest.Documents.digestOf;
import static io.gantry.oci.manifest.Documents.image;
import static io.gantry.oci.manifest.Documents.index;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.manifest.Descriptor;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.ManifestBytes;
import io.gantry.domain.manifest.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestReaderTest {
  private static final String CONFIG = describe(OCI_CONFIG, "{}");
  private static final String LAYER = describe(OCI_LAYER, "layer");

  @Test
  void readsAnImageManifest() {
    String text = image("", CONFIG, LAYER, describe(OCI_LAYER, "second"));
    Manifest manifest = read(text, OCI_MANIFEST);
    assertThat(manifest.mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
    assertThat(manifest.config())
        .contains(new Descriptor(new MediaType(OCI_CONFIG), digestOf("{}"), 2, false));
    assertThat(manifest.layers())
        .extracting(Descriptor::digest)
        .containsExactly(digestOf("layer"), digestOf("second"));
    assertThat(manifest.children()).isEmpty();
    assertThat(manifest.subject()).isEmpty();
    assertThat(manifest.artifactType()).contains(OCI_CONFIG);
  }

  @Test
  void keepsTheExactBytes() {
    String text = " " + image("\"x\":1.50,", CONFIG) + "\n";
    assertThat(read(text, OCI_MANIFEST).bytes())
        .isEqualTo(new ManifestBytes(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void readsADockerManifestAndItsForeignLayer() {
    String foreign = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
    String text =
        image("", CONFIG, LAYER, describe(foreign, "windows"))
            .replace(OCI_MANIFEST, DOCKER_MANIFEST);
    assertThat(read(text, DOCKER_MANIFEST).layers())
        .extracting(Descriptor::foreign)
        .containsExactly(false, true);
  }

  @Test
  void takesALayerWithUrlsOrANonDistributableOneForForeign() {
    String digest = digestOf("x").toString();
    String text =
        image(
            "",
            CONFIG,
            descriptor(OCI_LAYER, digest, 1, ",\"urls\":[\"https://example.com/x\"]"),
            descriptor(OCI_LAYER, digest, 1, ",\"urls\":[]"),
            descriptor(OCI_LAYER, digest, 1, ",\"urls\":null"),
            descriptor(
                "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", digest, 1, ""));
    assertThat(read(text, OCI_MANIFEST).layers())
        .extracting(Descriptor::foreign)
        .containsExactly(true, false, false, true);
  }

  @Test
  void readsANestedIndex() {
    String inner = index("", describe(OCI_MANIFEST, "image"));
    String outer = index("", describe(OCI_INDEX, inner), describe(OCI_MANIFEST, "other"));
    Manifest manifest = read(outer, OCI_INDEX);
    assertThat(manifest.children())
        .extracting(Descriptor::digest)
        .containsExactly(digestOf(inner), digestOf("other"));
    assertThat(manifest.artifactType()).isEmpty();
  }

  @Test
  void readsAnIndexWhoseEntriesAreLayers() {
    assertThat(read(index("", LAYER), OCI_INDEX).children())
        .containsExactly(new Descriptor(new MediaType(OCI_LAYER), digestOf("layer"), 5, false));
  }

  @Test
  void readsADockerListWithPlatforms() {
    String child =
        descriptor(
            DOCKER_MANIFEST,
            digestOf("x").toString(),
            1,
            ",\"platform\":{\"architecture\":\"amd64\",\"os\":\"linux\"}");
    String text = index("", child).replace(OCI_INDEX, DOCKER_LIST);
    assertThat(read(text, DOCKER_LIST).children()).hasSize(1);
  }

  @Test
  void readsAnEmptyIndexAndAnImageWithoutLayers() {
    assertThat(read(index(""), OCI_INDEX).children()).isEmpty();
    assertThat(read(image("", CONFIG), OCI_MANIFEST).layers()).isEmpty();
  }

  @Test
  void readsAnArtifactWithASubject() {
    String text =
        image(
            "\"artifactType\":\"application/vnd.example+type\",\"subject\":"
                + describe(OCI_MANIFEST, "image")
                + ",",
            CONFIG,
            LAYER);
    Manifest manifest = read(text, OCI_MANIFEST);
    assertThat(manifest.subject()).contains(digestOf("image"));
    assertThat(manifest.artifactType()).contains("application/vnd.example+type");
  }

  @Test
  void readsAnIndexWithASubject() {
    String text = index("\"subject\":" + describe(OCI_MANIFEST, "image") + ",");
    assertThat(read(text, OCI_INDEX).subject()).contains(digestOf("image"));
  }

  @Test
  void takesAnEmptyArtifactTypeForNone() {
    assertThat(read(index("\"artifactType\":\"\","), OCI_INDEX).artifactType()).isEmpty();
  }

  @Test
  void passesOverUnknownFieldsAndNulls() {
    String more =
        "\"org.example\":{\"deep\":[1,2,{\"x\":null}]},\"annotations\":null,\"subject\":null,";
    assertThat(read(image(more, CONFIG, LAYER), OCI_MANIFEST).layers()).hasSize(1);
  }

  @Test
  void passesOverLargeAnnotations() {
    String annotations =
        IntStream.range(0, 390)
            .mapToObj(i -> "\"k" + i + "\":\"" + "v".repeat(10_000) + "\"")
            .collect(Collectors.joining(",", "\"annotations\":{", "},"));
    assertThat(read(image(annotations, CONFIG, LAYER), OCI_MANIFEST).layers()).hasSize(1);
  }

  @Test
  void passesOverALargeDataField() {
    String config =
        descriptor(
            OCI_CONFIG, digestOf("x").toString(), 1, ",\"data\":\"" + "A".repeat(3 << 20) + '"');
    assertThat(read(image("", config), OCI_MANIFEST).config()).isPresent();
  }

  @Test
  void readsTenThousandEntries() {
    assertThat(read(index("", entries(10_000)), OCI_INDEX).children()).hasSize(10_000);
  }

  @Test
  void readsTheContentTypeWithoutItsParameters() {
    assertThat(read(index(""), OCI_INDEX + "; charset=utf-8").mediaType())
        .isEqualTo(MediaType.OCI_INDEX);
  }

  @Test
  void goesByItsOwnMediaTypeWithoutAContentType() {
    assertThat(read(index(""), Optional.empty()).mediaType()).isEqualTo(MediaType.OCI_INDEX);
  }

  @Test
  void goesByTheContentTypeWithoutAMediaType() {
    String text = index("").replace("\"mediaType\":\"" + OCI_INDEX + "\",", "");
    assertThat(read(text, OCI_INDEX).mediaType()).isEqualTo(MediaType.OCI_INDEX);
  }

  @ParameterizedTest
  @CsvSource({"application/json", "text/plain", "application/vnd.oci.image.manifest.v1+json"})
  void refusesAContentTypeThatIsNotItsMediaType(String contentType) {
    assertThat(Refusals.of(() -> read(index(""), contentType))).contains("Content-Type is");
  }

  @Test
  void refusesADocumentOfUnknownType() {
    String text = index("").replace("\"mediaType\":\"" + OCI_INDEX + "\",", "");
    assertThat(Refusals.of(() -> read(text, Optional.empty()))).contains("needs a Content-Type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.docker.distribution.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v1+prettyjws",
        "application/vnd.oci.artifact.manifest.v1+json"
      })
  void refusesKindsThatAreNoLongerInUse(String contentType) {
    assertThat(Refusals.of(() -> read("{\"schemaVersion\":1}", contentType)))
        .contains("is not supported");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0", "3", "4294967298", "-2"})
  void refusesAnotherSchemaVersion(String version) {
    String text = index("").replace("\"schemaVersion\":2", "\"schemaVersion\":" + version);
    assertThat(Refusals.of(() -> read(text, OCI_INDEX))).contains("schemaVersion must be 2");
  }

  @Test
  void refusesWhatIsAnImageAndAnIndexAtOnce() {
    String both = image("\"manifests\":[],", CONFIG, LAYER);
    assertThat(Refusals.of(() -> read(both, OCI_MANIFEST))).contains("must not have manifests");
    assertThat(Refusals.of(() -> read(both.replace(OCI_MANIFEST, OCI_INDEX), OCI_INDEX)))
        .contains("must not have config or layers");
  }

  @Test
  void refusesAnImageWithoutConfig() {
    String text = image("", "null", LAYER);
    assertThat(Refusals.of(() -> read(text, OCI_MANIFEST))).contains("must have a config");
  }

  @Test
  void refusesMoreThanTenThousandEntries() {
    assertThat(Refusals.of(() -> read(index("", entries(10_001)), OCI_INDEX)))
        .contains("at most 10000 entries");
  }

  @Test
  void refusesDeepNesting() {
    String deep = "\"x\":" + "[".repeat(100) + "]".repeat(100) + ",";
    assertThat(Refusals.of(() -> read(index(deep), OCI_INDEX))).contains("cannot be read");
    String hostile = "[".repeat(1_000_000);
    assertThat(Refusals.of(() -> read(hostile, OCI_INDEX))).contains("must be a JSON object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"mediaType\":\"application/vnd.oci.image.index.v1+json\",",
        "\"manifests\":[],",
        "\"x\":{\"a\":1,\"a\":1},"
      })
  void refusesDuplicateKeys(String more) {
    assertThat(Refusals.of(() -> read(index(more), OCI_INDEX))).contains("cannot be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"schemaVersion\":\"2\"",
        "\"schemaVersion\":2.0",
        "\"schemaVersion\":{}",
        "\"schemaVersion\":99999999999999999999",
        "\"mediaType\":7",
        "\"artifactType\":[]",
        "\"artifactType\":\"a\\u0000b\"",
        "\"config\":[]",
        "\"config\":\"x\"",
        "\"subject\":1",
        "\"layers\":{}",
        "\"manifests\":{}",
        "\"manifests\":[1]",
        "\"manifests\":[null]",
        "\"manifests\":[[]]"
      })
  void refusesFieldsOfTheWrongType(String field) {
    String text = "{" + field + "}";
    assertThat(Refusals.of(() -> read(text, OCI_INDEX))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'mediaType':'a/b','digest':'sha256:x','size':1}",
        "{'mediaType':'a/b','digest':'DIGEST'}",
        "{'mediaType':'a/b','size':1}",
        "{'digest':'DIGEST','size':1}",
        "{'mediaType':'a','digest':'DIGEST','size':1}",
        "{'mediaType':'a/b','digest':'DIGEST','size':-1}",
        "{'mediaType':'a/b','digest':'DIGEST','size':'1'}",
        "{'mediaType':'a/b','digest':'DIGEST','size':1.5}",
        "{'mediaType':'a/b','digest':'DIGEST','size':null}",
        "{'mediaType':'a/b','digest':'DIGEST','size':9223372036854775808}",
        "{'mediaType':'a/b','digest':'DIGEST','size':1e99}",
        "{'mediaType':null,'digest':'DIGEST','size':1}",
        "{'mediaType':'a/b','digest':'DIGEST','size':1,'urls':{}}",
        "{'mediaType':'a/b','digest':'DIGEST','size':1,'urls':'x'}",
        "{'mediaType':'a/b','digest':'sha1:DIGEST','size':1}",
        "{'mediaType':'a/b','digest':'md5:ff','size':1}"
      })
  void refusesABadDescriptorAndSaysWhere(String descriptor) {
    String entry = descriptor.replace('\'', '"').replace("DIGEST", digestOf("x").toString());
    assertThat(Refusals.of(() -> read(index("", LAYER, entry), OCI_INDEX)))
        .containsAnyOf("manifests[1]", "cannot be read");
    assertThat(Refusals.of(() -> read(image("", entry), OCI_MANIFEST)))
        .containsAnyOf("config", "cannot be read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "1",
        "\"x\"",
        "{",
        "{]",
        "{\"a\"",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "{} {}",
        "{}x",
        "{},",
        "\ufeff{}",
        "<html>",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":\"\\x\"}",
        "{/**/}",
        "\0",
        "\0\0\0{",
        "{\0"
      })
  void refusesWhatIsNotOneJsonObject(String text) {
    assertThat(Refusals.of(() -> read(text, OCI_INDEX))).startsWith("the manifest ");
  }

  @Test
  void refusesOtherEncodingsThanUtf8() {
    byte[] utf16 = index("").getBytes(StandardCharsets.UTF_16LE);
    byte[] latin = index("\"x\":\"é\",").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Refusals.of(() -> read(utf16, Optional.of(OCI_INDEX)))).isNotEmpty();
    assertThat(Refusals.of(() -> read(latin, Optional.of(OCI_INDEX)))).isNotEmpty();
  }

  private static String[] entries(int count) {
    return IntStream.range(0, count).mapToObj(_ -> LAYER).toArray(String[]::new);
  }

  private static Manifest read(String text, String contentType) {
    return read(text, Optional.of(contentType));
  }

  private static Manifest read(String text, Optional<String> contentType) {
    return read(text.getBytes(StandardCharsets.UTF_8), contentType);
  }

  private static Manifest read(byte[] document, Optional<String> contentType) {
    ManifestBytes bytes = new ManifestBytes(document);
    return new ManifestReader().read(bytes.digest(DigestAlgorithm.SHA256), bytes, contentType);
  }
}
