package io.gantry.bootstrap.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.client.ControlPlane;
import io.gantry.bootstrap.client.DataPlane;
import io.gantry.bootstrap.client.Server;
import io.gantry.bootstrap.client.TestImage;
import io.gantry.bootstrap.running.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deletion that was acknowledged goes on after a crash. */
final class DeleteIT {
  private static final String COLLECT_OFTEN = "gantry.collect.interval=1s";
  private static final int IMAGES = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path data;

  @Test
  void finishesADeletionThatWasCutShort() throws Exception {
    String namespace;
    try (var server = Server.start(data, COLLECT_OFTEN)) {
      var controlPlane = ControlPlane.of(server, data);
      namespace = controlPlane.createNamespace("doomed");
      var dataPlane = new DataPlane(server, controlPlane.secret());
      for (int i = 0; i < IMAGES; i++) {
        dataPlane.push("doomed/app-" + i, "1", TestImage.random(3, 20_000));
      }
      assertThat(new StoredState(data).files()).hasSize(4 * IMAGES);
      try {
        controlPlane.deleteNamespace(namespace);
      } finally {
        server.kill();
      }
    }
    assertThat(new StoredState(data).files()).as("files when the server ended").isNotEmpty();

    try (var server = Server.start(data, COLLECT_OFTEN)) {
      var controlPlane = ControlPlane.of(server, data);
      Deadline.in(PATIENCE)
          .await(() -> isGone(controlPlane, namespace), () -> namespace + " is still there");
      var stored = new StoredState(data);
      Deadline.in(PATIENCE).await(() -> isEmpty(stored), () -> "there are still files of blobs");
      assertThat(stored.blobs()).isZero();
      String again = controlPlane.createNamespace("doomed");
      assertThat(controlPlane.images(again)).isEmpty();
    }
  }

  private static boolean isGone(ControlPlane controlPlane, String namespace) {
    try {
      int status = controlPlane.statusOfNamespace(namespace);
      assertThat(status).isIn(200, 404);
      return status == 404;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isEmpty(StoredState stored) {
    try {
      return stored.files().isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
