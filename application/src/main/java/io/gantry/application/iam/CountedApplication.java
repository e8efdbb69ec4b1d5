package io.gantry.application.iam;

import io.gantry.domain.identity.Application;

/**
 * An application and how much it has.
 *
 * @param keys how many API keys it bears
 */
public record CountedApplication(Application application, long keys) {}
