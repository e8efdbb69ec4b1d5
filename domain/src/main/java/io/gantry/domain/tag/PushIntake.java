package io.gantry.domain.tag;

import io.gantry.domain.image.ImageId;
import java.util.Collection;
import java.util.Set;

/**
 * The short way for what nearly all pushes are: a manifest that leads to no other one, under a tag
 * that is new, or points at another such manifest until then, in an image that is known from before
 * and has its blobs. Many of them, into any images, are taken at once; each is looked at by itself,
 * so that one which cannot be taken does not keep the others out.
 */
public interface PushIntake {

  /**
   * Adds manifests that are new, and adds or moves tags. The manifests are reachable then; those
   * that tags were moved away from may not be any more. Changes the sizes of images and namespaces
   * accordingly, moves their update times, and publishes images. Takes the lock of each image
   * ({@code ImageRepository.lockForPush}) until the end of the transaction, so the transaction
   * should do nothing else.
   *
   * @param pushes each of another tag; of several with one manifest for one image, one is taken
   * @return the ids that those who were taken brought, whether or not their tag was there before;
   *     nothing has changed for the others: their image or its namespace is being deleted or gone,
   *     the image has the manifest but nothing leads to it, one of its manifests waits for this one
   *     or has it as its subject, the tag points at a manifest that leads to others, or a blob is
   *     not linked or not as long as the manifest says
   */
  Set<TagId> take(Collection<SimplePush> pushes);

  /**
   * As {@link #take}, but waits for the lock of no image: pushes into those whose lock somebody
   * else has are not looked at.
   */
  Taken takeFree(Collection<SimplePush> pushes);

  /**
   * What a group came to.
   *
   * @param ids as {@link #take} returns them
   * @param busy images whose pushes were not looked at: their locks were not free, or they cannot
   *     be pushed to at all
   */
  record Taken(Set<TagId> ids, Set<ImageId> busy) {
    public Taken {
      ids = Set.copyOf(ids);
      busy = Set.copyOf(busy);
    }
  }
}
