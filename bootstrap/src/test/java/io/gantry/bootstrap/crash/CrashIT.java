package io.gantry.bootstrap.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.bootstrap.client.Content;
import io.gantry.bootstrap.client.ControlPlane;
import io.gantry.bootstrap.client.DataPlane;
import io.gantry.bootstrap.client.Server;
import io.gantry.bootstrap.client.TestImage;
import io.gantry.bootstrap.running.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the server in the middle of ten pushes, several times over on the same data. */
final class CrashIT {
  private static final int PUSHERS = 10;
  private static final int KILLS = 2;
  private static final int PUSHES_BEFORE_KILL = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String NAMESPACE = "crash";

  private final AtomicInteger acknowledgements = new AtomicInteger();
  private final List<Pusher> pushers =
      IntStream.range(0, PUSHERS)
          .mapToObj(i -> new Pusher(NAMESPACE + "/app-" + i, acknowledgements))
          .toList();

  @TempDir Path data;

  @Test
  void keepsWhatItAcknowledgedWhenTheServerIsKilled() throws Exception {
    survives(() -> {});
  }

  @Test
  void keepsWhatItAcknowledgedWhenTheDatabaseIsKilledToo() throws Exception {
    survives(new StoredState(data)::killDatabase);
  }

  /** What is done besides killing the server. */
  private interface Disaster {
    void happen() throws IOException;
  }

  private void survives(Disaster disaster) throws Exception {
    String namespace = createNamespace();
    for (int kill = 0; kill < KILLS; kill++) {
      pushUntilKilled(disaster);
    }
    try (var server = Server.start(data)) {
      var controlPlane = ControlPlane.of(server, data);
      var dataPlane = new DataPlane(server, controlPlane.secret());
      for (Pusher pusher : pushers) {
        pullsWhole(pusher, dataPlane);
      }
      assertThat(sizes(controlPlane.images(namespace))).isEqualTo(expectedSizes(dataPlane));
      var stored = new StoredState(data);
      assertThat(stored.unnamedFiles()).isEmpty();
      assertThat(stored.brokenBlobs()).isEmpty();
      assertThat(stored.blobs()).isPositive();
    }
  }

  private String createNamespace() throws Exception {
    try (var server = Server.start(data)) {
      return ControlPlane.of(server, data).createNamespace(NAMESPACE);
    }
  }

  private void pushUntilKilled(Disaster disaster) throws Exception {
    try (var server = Server.start(data);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var dataPlane = new DataPlane(server, ControlPlane.of(server, data).secret());
      int enough = acknowledgements.get() + PUSHES_BEFORE_KILL;
      var ends = new ArrayList<Future<IOException>>();
      try {
        for (Pusher pusher : pushers) {
          ends.add(threads.submit(() -> pusher.pushUntilTheEnd(dataPlane)));
        }
        Deadline.in(PATIENCE)
            .await(
                () -> acknowledgements.get() >= enough || ends.stream().anyMatch(Future::isDone),
                () -> acknowledgements + " acknowledged pushes are too few");
        assertThat(ends).as("pushes that fail before the kill").noneMatch(Future::isDone);
      } finally {
        server.kill();
        disaster.happen();
      }
    }
  }

  private static void pullsWhole(Pusher pusher, DataPlane dataPlane) throws Exception {
    assertThat(pusher.acknowledged()).isNotEmpty();
    for (var pushed : pusher.acknowledged().entrySet()) {
      TestImage image = pushed.getValue();
      Content manifest = dataPlane.pullManifest(pusher.repository(), pushed.getKey());
      assertThat(manifest.digest()).isEqualTo(image.manifest().digest());
      for (Content blob : image.blobs()) {
        assertThat(dataPlane.pullBlob(pusher.repository(), blob.digest()).digest())
            .isEqualTo(blob.digest());
      }
    }
  }

  private static Map<String, Long> sizes(JsonNode images) {
    var sizes = new HashMap<String, Long>();
    images.forEach(
        image ->
            sizes.put(NAMESPACE + "/" + image.path("name").asText(), image.path("size").asLong()));
    return sizes;
  }

  /** A push that was not answered counts if its tag is there: it happened whole or not at all. */
  private Map<String, Long> expectedSizes(DataPlane dataPlane) throws Exception {
    var sizes = new HashMap<String, Long>();
    for (Pusher pusher : pushers) {
      Set<TestImage> present = new HashSet<>(pusher.acknowledged().values());
      for (var unanswered : pusher.unanswered().entrySet()) {
        if (dataPlane.hasTag(pusher.repository(), unanswered.getKey())) {
          present.add(unanswered.getValue());
        }
      }
      sizes.put(pusher.repository(), distinctLayerBytes(present));
    }
    return sizes;
  }

  private static long distinctLayerBytes(Set<TestImage> images) {
    var sizes = new HashMap<String, Long>();
    for (TestImage image : images) {
      image.layers().forEach(layer -> sizes.put(layer.content().digest(), layer.content().size()));
    }
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }
}
