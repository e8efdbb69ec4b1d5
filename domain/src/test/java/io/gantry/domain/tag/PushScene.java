package io.gantry.domain.tag;

import static io.gantry.domain.Catalogue.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.Catalogue;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.StoredManifest;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/** An image with three blobs, and what is pushed to it through a {@link PushIntake}. */
abstract class PushScene {
  static final Instant NOW = START.plus(Duration.ofMinutes(1));

  Namespace namespace;
  ImageId image;
  Blob config;
  Blob five;
  Blob seven;

  protected abstract Catalogue catalogue();

  protected abstract PushIntake intake();

  @BeforeEach
  void arrange() {
    namespace = catalogue().addNamespace();
    image = catalogue().addImage(namespace, "app");
    config = catalogue().addBlob(image, 1);
    five = catalogue().addBlob(image, 5);
    seven = catalogue().addBlob(image, 7);
  }

  SimplePush push(Manifest manifest, String tag) {
    return push(image, manifest, tag);
  }

  SimplePush push(Manifest manifest, String tag, Instant at) {
    return new SimplePush(image, manifest, new TagName(tag), Catalogue.newTag(), at);
  }

  static SimplePush push(ImageId image, Manifest manifest, String tag) {
    return new SimplePush(image, manifest, new TagName(tag), Catalogue.newTag(), NOW);
  }

  Set<TagId> take(SimplePush... pushes) {
    return catalogue().transaction(() -> intake().take(List.of(pushes)));
  }

  Optional<StoredManifest> find(ImageId image, Manifest manifest) {
    return catalogue().transaction(() -> catalogue().manifests().find(image, manifest.digest()));
  }

  Optional<Tag> tag(ImageId image, String name) {
    return catalogue().transaction(() -> catalogue().tags().findByName(image, new TagName(name)));
  }

  Usage usage() {
    return catalogue().namespace(namespace.id()).usage();
  }

  void assertNotTaken(SimplePush push) {
    assertThat(take(push)).isEmpty();
    assertThat(find(push.image(), push.manifest())).isEmpty();
  }
}
