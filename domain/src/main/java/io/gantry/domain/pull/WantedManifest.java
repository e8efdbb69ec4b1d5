package io.gantry.domain.pull;

import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.tag.Reference;

/** The manifest that a pull asks for: the one that a tag points at, or the one with a digest. */
public record WantedManifest(Region region, RepositoryPath path, Reference reference) {}
