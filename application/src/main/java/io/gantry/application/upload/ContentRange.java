package io.gantry.application.upload;

import static io.gantry.domain.error.RegistryException.badFormat;

/**
 * Where a chunk belongs, OCI Distribution "Pushing a blob in chunks".
 *
 * @param first position of its first byte
 * @param last position of its last byte, inclusive
 */
public record ContentRange(long first, long last) {
  public ContentRange {
    if (first < 0 || last < first) {
      throw badFormat("Content-Range", "must be <first>-<last>, last not before first");
    }
  }

  public long length() {
    return last - first + 1;
  }
}
