package io.gantry.oci;

import java.time.Duration;
import java.util.Optional;

/**
 * What the data plane takes at most.
 *
 * @param manifestBytes bytes of a manifest
 * @param largeManifests manifests at once that are so large that their memory matters
 * @param tagsPerPage names in one answer of the tag list
 * @param tagsPerPush tags that one push by digest names
 * @param referrersPerPage descriptors in one answer of the list of referrers
 * @param bodyPatience how long a body may send nothing
 * @param bodyRate bytes per second that a body must bring at least, 0 for any speed; it may fall
 *     behind by {@code bodyPatience}
 * @param answerPatience how long a client may take nothing of an answer; for ever if absent
 */
public record OciLimits(
    int manifestBytes,
    int largeManifests,
    int tagsPerPage,
    int tagsPerPush,
    int referrersPerPage,
    Duration bodyPatience,
    long bodyRate,
    Optional<Duration> answerPatience) {}
