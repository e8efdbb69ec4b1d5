package io.gantry.domain.access;

import io.gantry.domain.error.ResourceType;

/**
 * What access is decided on.
 *
 * @param id what the caller named it by: its UUID, or a repository's path
 * @param owner the project it belongs to
 * @param isPublic whether anyone may pull it
 */
public record Resource(ResourceType type, String id, ProjectId owner, boolean isPublic) {}
