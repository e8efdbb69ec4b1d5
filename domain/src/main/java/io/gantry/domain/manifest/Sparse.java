package io.gantry.domain.manifest;

/**
 * Which manifests are accepted although their image does not have all that they list, which may
 * come later or never.
 *
 * @param images those without their configuration or layers
 * @param indexes those without their children
 */
public record Sparse(boolean images, boolean indexes) {

  /** As these, but for images only whole ones. */
  public Sparse withoutImages() {
    return new Sparse(false, indexes);
  }
}
