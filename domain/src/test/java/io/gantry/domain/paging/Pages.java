package io.gantry.domain.paging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What in-memory lists need to page and sort as the database does. */
public final class Pages {
  /** By the bytes of UTF-8, as {@code COLLATE "C"}. */
  public static final Comparator<String> BYTEWISE =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private Pages() {}

  /** The asked-for page of {@code all}. */
  public static <T> Page<T> of(List<T> all, PageRequest page) {
    return new Page<>(all.stream().skip(page.offset()).limit(page.size()).toList(), all.size());
  }
}
