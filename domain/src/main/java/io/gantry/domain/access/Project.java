package io.gantry.domain.access;

/** A project of an organization. */
public record Project(ProjectId id, OrganizationId organization, String name) {}
