package io.gantry.domain.image;

import static io.gantry.domain.error.RegistryException.badFormat;

import io.gantry.domain.namespace.NamespaceName;

/** What OCI Distribution calls the repository's {@code <name>}: {@code namespace/image}. */
public record RepositoryPath(NamespaceName namespace, ImageName image) {

  /** Splits at the first slash; an {@code InvalidArgument} on {@code name} if it is not a path. */
  public static RepositoryPath parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) throw badFormat("name", "must be <namespace>/<image>");
    return new RepositoryPath(
        new NamespaceName(text.substring(0, slash)), new ImageName(text.substring(slash + 1)));
  }

  @Override
  public String toString() {
    return namespace + "/" + image;
  }
}
