package io.gantry.domain.error;

/** Why an argument was refused; the words the published API's clients understand. */
public enum ArgumentReason {
  /** It is missing or empty. */
  REQUIRED,
  /** It cannot be read as what it should be. */
  FORMAT,
  /** It can be read, but its value is not allowed. */
  CONSTRAINT
}
