package io.gantry.persistence.access;

import io.gantry.domain.access.SigningKeys;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** Signing keys in PostgreSQL, where all replicas find the same; the newest signs. */
@Singleton
final class SqlSigningKeys implements SigningKeys {
  private static final int SECRET_BYTES = 256 / 8;

  private static final String ALL =
      "select id, secret from signing_key order by created_at desc, id";
  private static final String ADD = "insert into signing_key (id, secret) values (:id, :secret)";

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
    return keys.isEmpty() ? List.of(addFirst()) : keys;
  }

  private List<SigningKey> stored() {
    return session.createNativeQuery(ALL, Tuple.class).getResultList().stream()
        .map(row -> new SigningKey(row.get("id", String.class), row.get("secret", String.class)))
        .toList();
  }

  private SigningKey addFirst() {
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
