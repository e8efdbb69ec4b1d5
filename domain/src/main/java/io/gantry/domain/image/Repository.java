package io.gantry.domain.image;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.namespace.NamespaceId;
import java.util.Optional;

/**
 * A usable namespace, and what of a repository path is in it: how the data plane finds its way.
 *
 * @param namespacePublic whether the namespace makes its images public
 * @param image the usable image, if one has been pushed to or an upload has begun
 */
public record Repository(
    RepositoryPath path,
    NamespaceId namespace,
    ProjectId project,
    boolean namespacePublic,
    Optional<Held> image) {

  /**
   * The image of a repository.
   *
   * @param published whether a manifest has been pushed to it
   */
  public record Held(ImageId id, Visibility visibility, boolean published) {}

  /**
   * Whether anyone may pull from it. An image that is not there is as little public as a private
   * one, or the answers would tell which names in a public namespace are those of private images.
   */
  public boolean isPublic() {
    return image.map(Held::visibility).filter(own -> own.isPublicIn(namespacePublic)).isPresent();
  }
}
