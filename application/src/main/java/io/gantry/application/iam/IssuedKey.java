package io.gantry.application.iam;

import io.gantry.domain.access.SecretKey;
import io.gantry.domain.identity.KeyDetails;

/** A key that was just made, with its secret: the one occasion to show it. */
public record IssuedKey(KeyDetails details, SecretKey secret) {}
