package io.gantry.bootstrap.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gantry.bootstrap.client.Command.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What every client can do with the registry; a client that is not installed is skipped. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ClientContract {
  static final String ANY_USER = "nologin";
  private static final String[] LOG_REQUESTS = {
    "quarkus.http.access-log.enabled=true",
    "quarkus.log.category.\"io.quarkus.http.access-log\".level=INFO"
  };

  Path work = Path.of("");
  private @Nullable Server started;
  private @Nullable ControlPlane controlPlane;

  /** The client's name, as a shell knows it. */
  abstract String program();

  /** Prepares what all tests of this client use. */
  abstract void open(String registry) throws Exception;

  /** Ends what {@link #open} started. */
  void close() throws Exception {}

  abstract Outcome login(String user, byte[] password) throws Exception;

  abstract Outcome logout() throws Exception;

  /** Makes a new image and pushes it. */
  abstract Outcome push(String reference) throws Exception;

  /** Forgets an image that was pushed or pulled, with its layers. */
  abstract void removeLocally(String reference) throws Exception;

  abstract Outcome pull(String reference) throws Exception;

  /** The digest of the manifest of an image that was pulled. */
  abstract String digestOfPulled(String reference) throws Exception;

  @BeforeAll
  void startServer(@TempDir Path folder) throws Exception {
    work = folder;
    assumeFalse(Command.installed(program()).isEmpty(), program() + " is not installed");
    Path data = work.resolve("data");
    started = Server.start(data, LOG_REQUESTS);
    controlPlane = ControlPlane.of(server(), data);
    open(server().authority());
  }

  @AfterAll
  void stopServer() throws Exception {
    if (started == null) return;
    try {
      close();
    } finally {
      started.close();
    }
  }

  @Test
  void pullsTheDigestThatItPushed() throws Exception {
    Target target = target();
    loginAsOwner();
    push(target.reference()).succeeds();

    JsonNode image = controlPlane().image(target.namespace());
    String digest = controlPlane().tag(image.path("id").asText()).path("digest").asText();
    assertThat(image.path("tags")).hasToString("[\"1\"]");
    assertThat(image.path("size").asLong()).isEqualTo(layerBytes(target)).isPositive();

    removeLocally(target.reference());
    pull(target.reference()).succeeds();
    assertThat(digestOfPulled(target.reference())).isEqualTo(digest);
  }

  @Test
  void pullsWithoutLoginFromPublicNamespacesOnly() throws Exception {
    Target target = target();
    loginAsOwner();
    push(target.reference()).succeeds();
    removeLocally(target.reference());
    logout().succeeds();

    pull(target.reference()).fails();
    controlPlane().makePublic(target.namespace());
    pull(target.reference()).succeeds();
  }

  @Test
  void doesNotPushWithoutLogin() throws Exception {
    Target target = target();
    loginAsOwner();
    logout().succeeds();

    push(target.reference()).fails();
    assertThat(controlPlane().images(target.namespace())).isEmpty();
  }

  @Test
  void isRefusedAWrongPassword() throws Exception {
    login(ANY_USER, bytes(UUID.randomUUID().toString())).fails();
  }

  @Test
  void cannotPullATagThatWasDeleted() throws Exception {
    Target target = target();
    loginAsOwner();
    push(target.reference()).succeeds();
    removeLocally(target.reference());

    String image = controlPlane().image(target.namespace()).path("id").asText();
    controlPlane().deleteTag(controlPlane().tag(image).path("id").asText());
    pull(target.reference()).fails();
  }

  /** Where one test pushes to. */
  record Target(String namespace, String registry, String repository) {
    String reference() {
      return registry + "/" + repository + ":1";
    }

    /** Another image of the same namespace. */
    Target beside(String image) {
      String name = repository.substring(0, repository.indexOf('/') + 1) + image;
      return new Target(namespace, registry, name);
    }
  }

  final Target target() throws Exception {
    String name = "ns-" + UUID.randomUUID();
    String namespace = controlPlane().createNamespace(name);
    return new Target(namespace, server().authority(), name + "/app");
  }

  final void loginAsOwner() throws Exception {
    login(ANY_USER, bytes(controlPlane().secret())).succeeds();
  }

  /** Asserts that an image's layers came to a repository by mounting (end-11); none was sent. */
  final void assertMounted(String repository, TestImage image) {
    String uploads = "/v2/" + repository + "/blobs/uploads/";
    List<String> requests =
        server().output().lines().filter(line -> line.contains(uploads)).toList();
    for (TestImage.Layer layer : image.layers()) {
      String digest = "=" + layer.content().digest().replace(":", "(:|%3A)");
      assertThat(requests)
          .as("requests about %s", layer)
          .anySatisfy(
              line -> assertThat(line).containsPattern("\"POST .*mount" + digest + ".*\" 201 "))
          .noneSatisfy(line -> assertThat(line).containsPattern("[?&]digest" + digest));
    }
  }

  final DataPlane dataPlane() throws Exception {
    return new DataPlane(server(), controlPlane().secret());
  }

  final ControlPlane controlPlane() {
    if (controlPlane == null) throw new IllegalStateException("the server is not started");
    return controlPlane;
  }

  private Server server() {
    if (started == null) throw new IllegalStateException("the server is not started");
    return started;
  }

  private long layerBytes(Target target) throws Exception {
    JsonNode manifest =
        new ObjectMapper().readTree(dataPlane().pullManifest(target.repository(), "1").bytes());
    long bytes = 0;
    for (JsonNode layer : manifest.path("layers")) {
      bytes += layer.path("size").asLong();
    }
    return bytes;
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
