package io.gantry.domain.image;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Status;
import java.time.Instant;
import java.util.List;

/**
 * A published image: one that has had a manifest pushed. It stays, without tags if need be, until
 * it is deleted.
 *
 * @param project the project of its namespace
 * @param size sum of the sizes of the distinct layers of every manifest reachable from its tags
 * @param updatedAt the last push, tag deletion or change
 * @param tags its newest tags, newest first, at most {@link #MAX_TAGS}
 */
public record Image(
    ImageId id,
    NamespaceId namespace,
    ProjectId project,
    ImageName name,
    Status status,
    Visibility visibility,
    ByteSize size,
    Instant createdAt,
    Instant updatedAt,
    List<String> tags) {
  /** How many tags an image lists itself; the tag list has all. */
  public static final int MAX_TAGS = 1000;

  public Image {
    tags = List.copyOf(tags);
  }

  public Image withVisibility(Visibility newVisibility, Instant now) {
    return new Image(
        id, namespace, project, name, status, newVisibility, size, createdAt, now, tags);
  }

  /** Hides it at once and for good; deleting twice is the same as once. */
  public Image delete(Instant now) {
    return new Image(
        id, namespace, project, name, Status.DELETING, visibility, size, createdAt, now, tags);
  }

  public boolean isReady() {
    return status == Status.READY;
  }
}
