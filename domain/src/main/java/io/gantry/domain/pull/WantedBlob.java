package io.gantry.domain.pull;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;

/** The blob that a pull asks for. */
public record WantedBlob(Region region, RepositoryPath path, Digest digest) {}
