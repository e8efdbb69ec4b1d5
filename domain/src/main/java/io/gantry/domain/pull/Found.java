package io.gantry.domain.pull;

import io.gantry.domain.image.Repository;
import java.util.Optional;

/**
 * A repository, and what of its content was asked for; whether the caller may have it is still to
 * be decided.
 *
 * @param content empty if the repository has no image, or its image has no such content
 */
public record Found<T>(Repository repository, Optional<T> content) {}
