package io.gantry.domain.error;

/** The kinds of thing a caller can name; with the kind of failure it decides the answer's code. */
public enum ResourceType {
  NAMESPACE,
  IMAGE,
  TAG,
  /** A namespace and image named together by a path, as the OCI Distribution spec does. */
  REPOSITORY,
  MANIFEST,
  BLOB,
  UPLOAD,
  PROJECT,
  ORGANIZATION,
  API_KEY,
  /** Somebody that is no person and bears API keys. */
  APPLICATION,
  /** What gives an application its rights. */
  POLICY
}
