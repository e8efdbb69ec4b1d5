package io.gantry.domain.manifest;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.ManifestGraph.Mark;
import java.util.HashSet;
import java.util.Set;

/**
 * The size rule: an image's size is the sum of the distinct layers of every manifest reachable from
 * its tags, through index children and through referrers of what is reachable. A layer in two tags
 * of one image counts once, in two images twice.
 *
 * <p>Kept by change: only what a push or deletion made reachable or unreachable is looked at, so it
 * costs the same with ten tags as with a hundred thousand.
 */
public final class Reachability {
  private final ManifestGraph graph;

  public Reachability(ManifestGraph graph) {
    this.graph = graph;
  }

  /**
   * Brings the marks up to date after these manifests were added, tagged, untagged, or lost
   * something that led to them.
   *
   * @return by how many bytes the image's size changes
   */
  public long settle(ImageId image, Set<Digest> changed) {
    Set<Digest> reachable = graph.reachable(image, changed);
    long lost = reachable.isEmpty() ? 0 : release(image, reachable);
    Set<Digest> unreachable = minus(changed, reachable);
    long gained = unreachable.isEmpty() ? 0 : reach(image, unreachable);
    return gained - lost;
  }

  /**
   * Removes a manifest that no tag points at any more, and brings the marks of what it led to up to
   * date.
   *
   * @param removal removes it from the image
   * @return by how many bytes the image's size changes
   */
  public long remove(ImageId image, Digest manifest, Runnable removal) {
    Set<Digest> self = Set.of(manifest);
    long lost = graph.reachable(image, self).isEmpty() ? 0 : graph.markUnreachable(image, self);
    Set<Digest> orphans = graph.successors(image, self, Mark.REACHABLE);
    removal.run();
    return (orphans.isEmpty() ? 0 : settle(image, orphans)) - lost;
  }

  /** Those of the group that are held, and all they lead to, become reachable. */
  private long reach(ImageId image, Set<Digest> group) {
    Set<Digest> held = new HashSet<>();
    for (Digest one : group) held.addAll(graph.heldFromOutside(image, Set.of(one)));
    if (held.isEmpty()) return 0;
    return graph.markReachable(image, closure(image, held, Mark.UNREACHABLE));
  }

  /** Of the group and all it leads to, what nothing from outside leads to becomes unreachable. */
  private long release(ImageId image, Set<Digest> group) {
    Set<Digest> suspects = closure(image, group, Mark.REACHABLE);
    Set<Digest> held = graph.heldFromOutside(image, suspects);
    Set<Digest> dead = minus(suspects, closureWithin(image, held, suspects));
    return dead.isEmpty() ? 0 : graph.markUnreachable(image, dead);
  }

  private Set<Digest> closure(ImageId image, Set<Digest> start, Mark mark) {
    Set<Digest> seen = new HashSet<>(start);
    Set<Digest> frontier = start;
    while (!frontier.isEmpty()) {
      frontier = minus(graph.successors(image, frontier, mark), seen);
      seen.addAll(frontier);
    }
    return seen;
  }

  private Set<Digest> closureWithin(ImageId image, Set<Digest> start, Set<Digest> bounds) {
    Set<Digest> seen = new HashSet<>(start);
    Set<Digest> frontier = start;
    while (!frontier.isEmpty()) {
      Set<Digest> next = new HashSet<>(graph.successors(image, frontier, Mark.REACHABLE));
      next.retainAll(bounds);
      frontier = minus(next, seen);
      seen.addAll(frontier);
    }
    return seen;
  }

  private static Set<Digest> minus(Set<Digest> from, Set<Digest> what) {
    Set<Digest> rest = new HashSet<>(from);
    rest.removeAll(what);
    return rest;
  }
}
