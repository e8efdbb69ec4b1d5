package io.gantry.persistence.reclaim;

import io.gantry.domain.UnitOfWork;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import org.hibernate.Session;

/** Counts what the registry holds. */
@Singleton
public final class StoredTotals {
  private static final String COUNT =
      """
      select b.blobs, b.bytes, u.images, u.namespaces
      from (select count(*) as blobs, coalesce(sum(size), 0)::bigint as bytes from blob) b
      cross join (
        select coalesce(sum(image_count), 0)::bigint as images,
               coalesce(sum(namespace_count), 0)::bigint as namespaces
        from project_usage) u
      """;

  private final Session session;
  private final UnitOfWork unitOfWork;

  StoredTotals(Session session, UnitOfWork unitOfWork) {
    this.session = session;
    this.unitOfWork = unitOfWork;
  }

  /**
   * All that is there at one moment.
   *
   * @param blobs stored blobs, each once, those that nothing refers to any more included
   * @param bytes what those hold
   * @param images images that lists show
   */
  public record Totals(long blobs, long bytes, long images, long namespaces) {}

  /** Reads every row of {@code blob}, so not to be done often. */
  public Totals count() {
    Tuple row =
        unitOfWork.withoutTransaction(
            () -> session.createNativeQuery(COUNT, Tuple.class).getSingleResult());
    return new Totals(
        row.get("blobs", Long.class),
        row.get("bytes", Long.class),
        row.get("images", Long.class),
        row.get("namespaces", Long.class));
  }
}
