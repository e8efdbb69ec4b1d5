package io.gantry.bootstrap.parity;

import static io.gantry.bootstrap.parity.Faces.unique;

import io.gantry.bootstrap.client.DataPlane;
import io.gantry.bootstrap.client.TestImage;
import io.gantry.bootstrap.running.Tenants;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What the lists of both faces are about: made once, never changed. */
final class Fixture {
  static final List<String> IMAGES = List.of("zeta", "web/front", "beta", "alpha", "app");
  static final List<String> TAGS = List.of("latest", "1.0", "v2", "same-a", "same-b");

  /** Namespaces of {@link Tenants#OTHER_PROJECT}, which has no others, in order of creation. */
  final List<String> namespaces = new ArrayList<>();

  /** The id of the namespace that has {@link #IMAGES}. */
  final String namespaceId;

  /** The id of the image {@code app}, which has {@link #TAGS}. */
  final String imageId;

  private static final Object LOCK = new Object();
  private static @Nullable Fixture made;

  private Fixture(URI root) throws Exception {
    Face rest = new RestFace(root);
    List<String> descriptions = List.of("second", "first", "third", "first", "");
    List<String> ids = new ArrayList<>();
    for (String description : descriptions) {
      String name = (char) ThreadLocalRandom.current().nextInt('a', 'z' + 1) + unique();
      Call create =
          Call.of("CreateNamespace")
              .with("name", name)
              .with("description", description)
              .with("project_id", Tenants.OTHER_PROJECT);
      ids.add(rest.call(create).text("id"));
      namespaces.add(name);
    }
    namespaceId = ids.getFirst();
    String repository = namespaces.getFirst() + "/";
    DataPlane pusher = new DataPlane(root, Tenants.OWNER);
    TestImage same = TestImage.random(2, 1000);
    for (String image : IMAGES) {
      pusher.push(repository + image, "latest", TestImage.random(1, 1000));
    }
    for (String tag : TAGS) {
      pusher.push(
          repository + "app", tag, tag.startsWith("same") ? same : TestImage.random(1, 1000));
    }
    imageId =
        rest.call(Call.of("ListImages").with("namespace_id", namespaceId).with("name", "app"))
            .body()
            .path("images")
            .path(0)
            .path("id")
            .asText();
  }

  static Fixture in(URI root) {
    synchronized (LOCK) {
      Fixture fixture = made;
      if (fixture == null) {
        try {
          fixture = new Fixture(root);
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
        made = fixture;
      }
      return fixture;
    }
  }
}
