package io.gantry.domain.namespace;

/**
 * Orders of a namespace list; each ends in the id, so pages never overlap. Descriptions are
 * compared by their first {@value #DESCRIPTION_CHARACTERS} characters.
 */
public enum NamespaceOrder {
  CREATED_AT_ASC,
  CREATED_AT_DESC,
  NAME_ASC,
  NAME_DESC,
  DESCRIPTION_ASC,
  DESCRIPTION_DESC,
  STATUS_ASC,
  STATUS_DESC,
  REGION;

  /** So many that people tell descriptions apart, so few that an index holds them. */
  public static final int DESCRIPTION_CHARACTERS = 256;
}
