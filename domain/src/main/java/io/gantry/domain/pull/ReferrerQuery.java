package io.gantry.domain.pull;

import io.gantry.domain.blob.Digest;
import java.util.Optional;

/**
 * Which referrers are asked for.
 *
 * @param artifactType only those of this type, if given; text that is no media type matches none
 * @param last only those whose digest comes after this one, if given
 * @param limit how many at most
 * @param bytes how many bytes all of them together may have at most; the first one may have more
 */
public record ReferrerQuery(
    Digest subject, Optional<String> artifactType, Optional<Digest> last, int limit, long bytes) {}
