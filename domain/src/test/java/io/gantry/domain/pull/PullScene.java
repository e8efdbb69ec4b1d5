package io.gantry.domain.pull;

import io.gantry.domain.Catalogue;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageName;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Namespace;
import java.util.function.Supplier;

/** Images to pull from, and {@link PullQueries} to ask about them. */
abstract class PullScene {
  static final long MANY = 1_000_000;

  protected abstract Catalogue catalogue();

  protected abstract PullQueries pulls();

  /** An image and the path to it. */
  record Place(Namespace namespace, RepositoryPath path, ImageId image) {}

  Place aPlace() {
    Namespace namespace = catalogue().addNamespace();
    ImageId image = catalogue().addImage(namespace, "app");
    return new Place(namespace, path(namespace, "app"), image);
  }

  static RepositoryPath path(Namespace namespace, String image) {
    return new RepositoryPath(namespace.name(), new ImageName(image));
  }

  <T> T read(Supplier<T> work) {
    return catalogue().unitOfWork().withoutTransaction(work);
  }
}
