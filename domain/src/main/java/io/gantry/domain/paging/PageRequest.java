package io.gantry.domain.paging;

import static io.gantry.domain.error.RegistryException.notAllowed;

/**
 * Which page of a list is asked for.
 *
 * @param number the page, from 1
 * @param size items on a page, 1 to 100
 */
public record PageRequest(int number, int size) {
  public static final int DEFAULT_SIZE = 50;
  public static final int MAX_SIZE = 100;

  public PageRequest {
    if (number < 1) throw notAllowed("page", "must be 1 or greater");
    if (size < 1 || size > MAX_SIZE) {
      throw notAllowed("page_size", "must be between 1 and " + MAX_SIZE);
    }
  }

  public static PageRequest first() {
    return new PageRequest(1, DEFAULT_SIZE);
  }

  /** How many items come before this page. */
  public long offset() {
    return (long) (number - 1) * size;
  }
}
