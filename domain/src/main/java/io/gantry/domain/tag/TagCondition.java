package io.gantry.domain.tag;

import io.gantry.domain.blob.Digest;
import java.util.Optional;
import java.util.Set;

/** What must be true of a tag for a push to move it; checked and moved as one. */
public sealed interface TagCondition {

  /** Whether a tag that points there, or is not there, may be moved to {@code target}. */
  boolean allows(Optional<Digest> current, Digest target);

  /** Nothing need be true. */
  record None() implements TagCondition {
    @Override
    public boolean allows(Optional<Digest> current, Digest target) {
      return true;
    }
  }

  /** The tag is not there. */
  record Absent() implements TagCondition {
    @Override
    public boolean allows(Optional<Digest> current, Digest target) {
      return current.isEmpty();
    }
  }

  /** The tag is there. */
  record Present() implements TagCondition {
    @Override
    public boolean allows(Optional<Digest> current, Digest target) {
      return current.isPresent();
    }
  }

  /**
   * The tag points at one of these; or already at the target, so that a client whose answer was
   * lost may ask again, RFC 9110 §13.1.1.
   */
  record PointsAt(Set<Digest> digests) implements TagCondition {
    public PointsAt {
      digests = Set.copyOf(digests);
    }

    @Override
    public boolean allows(Optional<Digest> current, Digest target) {
      return current.filter(d -> d.equals(target) || digests.contains(d)).isPresent();
    }
  }
}
