package io.gantry.domain.image;

/** Orders of an image list; each ends in the id, so pages never overlap. */
public enum ImageOrder {
  CREATED_AT_ASC,
  CREATED_AT_DESC,
  NAME_ASC,
  NAME_DESC,
  STATUS_ASC,
  STATUS_DESC,
  REGION
}
