package io.gantry.persistence.reclaim;

import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.reclaim.KeyReserve;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** Reserved keys in PostgreSQL: rows of {@code tombstone} that are not due yet. */
@Singleton
final class SqlKeyReserve implements KeyReserve {

  private static final String RESERVE =
      """
      insert into tombstone (storage_key, due_at)
      select gen_random_uuid(), now() + :period * interval '1 millisecond'
      from generate_series(1, :count)
      returning storage_key
      """;

  private final Session session;

  SqlKeyReserve(Session session) {
    this.session = session;
  }

  @Override
  public List<StorageKey> reserve(int count, Duration period) {
    return session
        .createNativeQuery(RESERVE, UUID.class)
        .setParameter("count", count)
        .setParameter("period", period.toMillis())
        .getResultList()
        .stream()
        .map(StorageKey::new)
        .toList();
  }
}
