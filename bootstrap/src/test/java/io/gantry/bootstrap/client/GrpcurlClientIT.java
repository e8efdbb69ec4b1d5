package io.gantry.bootstrap.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gantry.bootstrap.client.Command.Outcome;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Grpcurl, which knows of the control plane only what server reflection tells. */
@TestInstance(Lifecycle.PER_CLASS)
final class GrpcurlClientIT {
  private static final String LIST_NAMESPACES = "scaleway.registry.v1.Registry/ListNamespaces";

  private Path work = Path.of("");
  private @Nullable Server started;

  @BeforeAll
  void startServer(@TempDir Path folder) throws Exception {
    for (String program : new String[] {"grpcurl", "crane"}) {
      assumeFalse(Command.installed(program).isEmpty(), program + " is not installed");
    }
    work = folder;
    started = Server.start(work.resolve("data"));
  }

  @AfterAll
  void stopServer() throws Exception {
    if (started != null) started.close();
  }

  @Test
  void listsTheNamespaceThatAPushFilled() throws Exception {
    ControlPlane controlPlane = ControlPlane.of(server(), work.resolve("data"));
    String name = "ns-" + UUID.randomUUID();
    String namespace = controlPlane.createNamespace(name);
    push(server().authority() + "/" + name + "/app:1", controlPlane.secret());

    String listed =
        grpcurl(
                "-H",
                "x-auth-token: " + controlPlane.secret(),
                "-d",
                "{\"region\":\"fr-par\",\"name\":\"" + name + "\"}",
                server().authority(),
                LIST_NAMESPACES)
            .succeeds();

    JsonNode namespaces = new ObjectMapper().readTree(listed).path("namespaces");
    assertThat(namespaces).hasSize(1);
    JsonNode found = namespaces.path(0);
    assertThat(found.path("id").asText()).isEqualTo(namespace);
    assertThat(found.path("image_count").asInt()).isEqualTo(1);
    assertThat(found.path("size").asLong())
        .isEqualTo(controlPlane.image(namespace).path("size").asLong())
        .isPositive();
  }

  @Test
  void findsTheServiceByReflection() throws Exception {
    assertThat(grpcurl(server().authority(), "list").succeeds().lines())
        .contains("scaleway.registry.v1.Registry", "grpc.health.v1.Health");
    assertThat(
            grpcurl(server().authority(), "describe", LIST_NAMESPACES.replace('/', '.')).succeeds())
        .contains(".scaleway.registry.v1.ListNamespacesRequest");
  }

  @Test
  void asksForHealthWithoutAKey() throws Exception {
    assertThat(grpcurl(server().authority(), "grpc.health.v1.Health/Check").succeeds())
        .contains("\"SERVING\"");
  }

  @Test
  void isRefusedWithoutAKey() throws Exception {
    Outcome refused =
        grpcurl("-d", "{\"region\":\"fr-par\"}", server().authority(), LIST_NAMESPACES);

    refused.fails();
    assertThat(refused.output()).contains("Code: Unauthenticated");
  }

  private static Outcome grpcurl(String... arguments) throws Exception {
    return Command.of("grpcurl", "-plaintext").run(arguments);
  }

  private void push(String reference, String secret) throws Exception {
    Command crane = Command.of("crane").with("DOCKER_CONFIG", work.resolve("docker").toString());
    crane
        .run(
            ClientContract.bytes(secret),
            "auth",
            "login",
            "-u",
            ClientContract.ANY_USER,
            "--password-stdin",
            server().authority())
        .succeeds();
    OciLayout layout = OciLayout.of(work.resolve("layout"), "1", TestImage.random(2, 10_000));
    crane.run("push", layout.folder().toString(), reference).succeeds();
  }

  private Server server() {
    if (started == null) throw new IllegalStateException("the server is not started");
    return started;
  }
}
