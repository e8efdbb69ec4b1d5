package io.gantry.bootstrap;

/**
 * Fired on the start of a process that is going to serve, when the keys are stored and before the
 * port opens. What runs in the background waits for it, as it has no place in a process that is
 * started for a command.
 */
public record Serving() {}
