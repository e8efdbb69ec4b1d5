package io.gantry.persistence;

import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;

/** Ids as a parameter of a native query, for a statement that reads several rows. */
public final class IdArray {
  public static final String NAME = "ids";

  /**
   * What a column must equal. In a sub-select, so that one plan serves any number of ids: of a bare
   * parameter PostgreSQL knows the length, and as fewer are cheaper than the ten that it would else
   * reckon with, it would make a plan for each statement anew, which costs more than running it.
   * Without the outer cast the sub-select would be a list of arrays.
   */
  public static final String ANY = "any(cast((select cast(:" + NAME + " as uuid[])) as uuid[])) ";

  private IdArray() {}

  public static <I> UUID[] of(Collection<I> ids, Function<I, UUID> value) {
    return ids.stream().map(value).toArray(UUID[]::new);
  }
}
