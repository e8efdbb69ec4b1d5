package io.gantry.bootstrap.running;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java client that docs/protocols/grpc.md shows is a program that does what the text says. */
@QuarkusTest
@RunningGantry
final class DocumentedGrpcClientTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "protocols", "grpc.md");
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "^```java\\n(.*?public final class (\\w+).*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final String DOCUMENTED_ADDRESS = "\"localhost:8080\"";
  private static final int PATIENCE_SECONDS = 120;

  private final int port =
      ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);

  @Test
  void namesTheEndpointOfANamespace(@TempDir Path folder) throws Exception {
    String endpoint =
        given()
            .header("X-Auth-Token", Tenants.FOREIGNER)
            .contentType("application/json")
            .body("{\"name\":\"documented-%s\"}".formatted(UUID.randomUUID()))
            .post("/registry/v1/regions/fr-par/namespaces")
            .then()
            .statusCode(200)
            .extract()
            .path("endpoint");
    Matcher example = EXAMPLE.matcher(Files.readString(DOCUMENT));
    assertThat(example.find()).as("a Java program in %s", DOCUMENT).isTrue();
    String source = example.group(1);
    assertThat(source).contains(DOCUMENTED_ADDRESS);

    compile(
        folder, example.group(2), source.replace(DOCUMENTED_ADDRESS, "\"localhost:" + port + "\""));

    assertThat(run(folder, example.group(2)).lines()).contains(endpoint + " 0");
  }

  private static void compile(Path folder, String name, String source) throws Exception {
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    var complaints = new ByteArrayOutputStream();
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                complaints,
                complaints,
                "-proc:none",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                file.toString());
    assertThat(code).as(complaints.toString(UTF_8)).isZero();
  }

  /** Runs it as its reader does: a process that has the key in its environment. */
  private static String run(Path folder, String name) throws Exception {
    Path output = folder.resolve("program.out");
    String classPath = folder + File.pathSeparator + System.getProperty("java.class.path");
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                classPath,
                name)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("SECRET_KEY", Tenants.FOREIGNER);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String printed = Files.readString(output);
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }
}
