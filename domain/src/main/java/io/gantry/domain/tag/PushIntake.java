package io.gantry.domain.tag;

import java.util.Collection;
import java.util.Set;

/**
 * The short way for what nearly all pushes are: a new manifest under a new tag, in an image that is
 * known from before and has its blobs. Many of them, into any images, are taken at once; each is
 * looked at by itself, so that one which cannot be taken does not keep the others out.
 */
public interface PushIntake {

  /**
   * Adds manifests, which are reachable then, and tags; adds to the sizes of images and namespaces,
   * moves their update times, and publishes images. Takes the lock of each image ({@code
   * ImageRepository.lockForPush}) until the end of the transaction, so the transaction should do
   * nothing else.
   *
   * @param pushes each of another tag; of several with one manifest for one image, one is taken
   * @return the ids of the tags that were added; nothing has changed for the others: their image or
   *     its namespace is being deleted or gone, the image has the manifest or the tag already, one
   *     of its manifests waits for this one or has it as its subject, or a blob is not linked or
   *     not as long as the manifest says
   */
  Set<TagId> take(Collection<SimplePush> pushes);
}
