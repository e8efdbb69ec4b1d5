package io.gantry.domain.tag;

/**
 * Orders of a tag list; each ends in the id, so pages never overlap. Every tag is ready and of its
 * image's region, so the orders by status and region are those by creation.
 */
public enum TagOrder {
  CREATED_AT_ASC,
  CREATED_AT_DESC,
  NAME_ASC,
  NAME_DESC,
  STATUS_ASC,
  STATUS_DESC,
  REGION
}
