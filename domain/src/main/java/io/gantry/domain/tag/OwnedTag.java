package io.gantry.domain.tag;

import io.gantry.domain.access.ProjectId;

/**
 * A tag, and whose it is.
 *
 * @param project that of its image
 */
public record OwnedTag(Tag tag, ProjectId project) {}
