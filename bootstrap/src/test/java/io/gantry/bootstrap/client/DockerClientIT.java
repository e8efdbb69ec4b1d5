package io.gantry.bootstrap.client;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.gantry.bootstrap.client.Command.Outcome;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Docker's command line with an engine of the test's own. */
final class DockerClientIT extends ClientContract {
  private String registry = "";
  private Command docker = Command.of("docker");
  private @Nullable Daemon engine;

  @Override
  String program() {
    return "docker";
  }

  @Override
  void open(String address) throws Exception {
    assumeFalse(Command.installed("dockerd").isEmpty(), "dockerd is not installed");
    registry = address;
    // A socket's path may have no more than about a hundred characters.
    Path socket = work.resolve("e.sock");
    Command command =
        Command.of(
            "dockerd",
            "--iptables=false",
            "--ip6tables=false",
            "--bridge=none",
            "--storage-driver=vfs",
            "--data-root=" + work.resolve("engine"),
            "--exec-root=" + work.resolve("x"),
            "--pidfile=" + work.resolve("engine.pid"),
            "--host=unix://" + socket,
            "--insecure-registry=" + address);
    engine = Daemon.start(command, work.resolve("engine.log"), () -> chooseClient(socket));
  }

  @Override
  void close() throws Exception {
    if (engine != null) engine.stop();
  }

  @Override
  Outcome login(String user, byte[] password) throws Exception {
    return docker.run(password, "login", "--username", user, "--password-stdin", registry);
  }

  @Override
  Outcome logout() throws Exception {
    return docker.run("logout", registry);
  }

  @Override
  Outcome push(String reference) throws Exception {
    docker.run(TestImage.archive(100_000), "import", "-", reference).succeeds();
    return docker.run("push", reference);
  }

  @Override
  void removeLocally(String reference) throws Exception {
    docker.run("rmi", reference).succeeds();
  }

  @Override
  Outcome pull(String reference) throws Exception {
    return docker.run("pull", reference);
  }

  @Override
  String digestOfPulled(String reference) throws Exception {
    String name =
        docker.run("inspect", "--format", "{{index .RepoDigests 0}}", reference).succeeds();
    return name.substring(name.indexOf('@') + 1);
  }

  /** Not every program called docker speaks the engine's version of its protocol. */
  private boolean chooseClient(Path socket) {
    Optional<Command> answered =
        Command.installed("docker").stream()
            .map(
                program ->
                    Command.of(program.toString())
                        .with("DOCKER_HOST", "unix://" + socket)
                        .with("DOCKER_CONFIG", work.resolve("docker").toString()))
            .filter(command -> command.works("version"))
            .findFirst();
    answered.ifPresent(command -> docker = command);
    return answered.isPresent();
  }
}
