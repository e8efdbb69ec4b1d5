package io.gantry.persistence.access;

import io.gantry.domain.access.SigningKeys;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** Signing keys in PostgreSQL, where all replicas find the same. */
@Singleton
final class SqlSigningKeys implements SigningKeys {
  private static final int SECRET_BYTES = 256 / 8;

  /** The newest that is old enough signs; if none is, the oldest does. */
  private static final String ALL =
      """
      select id, secret
      from signing_key
      cross join (select now() - :published * interval '1 millisecond' as moment) as mature
      order by created_at > moment,
               case when created_at <= moment then created_at end desc,
               created_at, id
      """;

  private static final String ADD = "insert into signing_key (id, secret) values (:id, :secret)";

  private static final String IS_TIME =
      """
      select not exists (
        select from signing_key where created_at >= now() - :every * interval '1 millisecond')
      """;

  private static final String FORGET =
      """
      delete from signing_key old
      where exists (
        select from signing_key new
        where new.created_at > old.created_at
          and new.created_at < now() - :keep * interval '1 millisecond')
      """;

  private final Session session;
  private final SecureRandom random = new SecureRandom();

  SqlSigningKeys(Session session) {
    this.session = session;
  }

  @Override
  public List<SigningKey> all() {
    List<SigningKey> keys = stored();
    if (!keys.isEmpty()) return keys;
    AdvisoryLock.SIGNING_KEYS.acquire(session);
    keys = stored();
    return keys.isEmpty() ? List.of(addOne()) : keys;
  }

  @Override
  public void rotate(Duration every, Duration keep) {
    if (isTime(every)) {
      AdvisoryLock.SIGNING_KEYS.acquire(session);
      if (isTime(every)) {
        var _ = addOne();
      }
    }
    var _ =
        session
            .createNativeMutationQuery(FORGET)
            .setParameter("keep", keep.toMillis())
            .executeUpdate();
  }

  private boolean isTime(Duration every) {
    return session
        .createNativeQuery(IS_TIME, Boolean.class)
        .setParameter("every", every.toMillis())
        .getSingleResult();
  }

  private List<SigningKey> stored() {
    return session
        .createNativeQuery(ALL, Tuple.class)
        .setParameter("published", PUBLISHED_BEFORE_USE.toMillis())
        .getResultList()
        .stream()
        .map(row -> new SigningKey(row.get("id", String.class), row.get("secret", String.class)))
        .toList();
  }

  private SigningKey addOne() {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    SigningKey key = new SigningKey(UUID.randomUUID().toString(), HexFormat.of().formatHex(secret));
    var _ =
        session
            .createNativeMutationQuery(ADD)
            .setParameter("id", key.id())
            .setParameter("secret", key.secret())
            .executeUpdate();
    return key;
  }
}
