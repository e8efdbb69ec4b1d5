package io.gantry.bootstrap.crash;

import io.gantry.bootstrap.client.Content;
import io.gantry.bootstrap.client.DataPlane;
import io.gantry.bootstrap.client.TestImage;
import io.gantry.bootstrap.client.TestImage.Layer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pushes to one repository, one tag after another, until the server is gone, and remembers what the
 * server promised. Used by one thread at a time. Each image has a layer of the one before.
 */
final class Pusher {
  private static final int OWN_LAYERS = 3;
  private static final int LAYER_BYTES = 200_000;

  private final String repository;
  private final AtomicInteger acknowledgements;
  private final Map<String, TestImage> acknowledged = new HashMap<>();
  private final Map<String, TestImage> unanswered = new HashMap<>();
  private List<Layer> shared = List.of();

  Pusher(String repository, AtomicInteger acknowledgements) {
    this.repository = repository;
    this.acknowledgements = acknowledgements;
  }

  String repository() {
    return repository;
  }

  /** By tag, the images whose manifests were acknowledged. */
  Map<String, TestImage> acknowledged() {
    return Map.copyOf(acknowledged);
  }

  /** By tag, the images whose manifests were sent, but the server ended before it answered. */
  Map<String, TestImage> unanswered() {
    return Map.copyOf(unanswered);
  }

  /** Returns, when the server was killed, what it broke off with. */
  IOException pushUntilTheEnd(DataPlane dataPlane) throws InterruptedException {
    while (true) {
      try {
        push(dataPlane);
      } catch (IOException e) {
        return e;
      }
    }
  }

  private void push(DataPlane dataPlane) throws IOException, InterruptedException {
    var layers = new ArrayList<>(shared);
    for (int i = 0; i < OWN_LAYERS; i++) {
      layers.add(TestImage.randomLayer(LAYER_BYTES));
    }
    TestImage image = TestImage.of(layers, "amd64");
    String tag = "t" + (acknowledged.size() + unanswered.size());
    for (Content blob : image.blobs()) {
      dataPlane.pushBlob(repository, blob);
    }
    unanswered.put(tag, image);
    dataPlane.pushManifest(repository, tag, image.manifest());
    unanswered.remove(tag);
    acknowledged.put(tag, image);
    int _ = acknowledgements.incrementAndGet();
    shared = List.of(layers.getLast());
  }
}
