package io.gantry.application.access;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.KeyRepository;
import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.access.SecretHash;
import io.gantry.domain.access.SecretKey;
import io.gantry.domain.error.RegistryError.Unauthenticated;
import io.gantry.domain.error.RegistryError.Unauthenticated.Cause;
import io.gantry.domain.error.RegistryException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out who calls, for every face.
 *
 * <p>Answers are remembered for {@code timeToLive}, so a new or revoked key counts after that time
 * at the latest. Unknown credentials have their own bounded memory: guessing many of them does not
 * push out the known ones. All methods throw {@code Unauthenticated} if the answer is nobody.
 */
public final class Authenticate {
  /** How long an answer is remembered unless configured otherwise. */
  public static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofSeconds(2);

  private static final int CAPACITY = 10_000;

  private final KeyRepository keys;
  private final UnitOfWork unitOfWork;
  private final Clock clock;
  private final LastUses lastUses;
  private final RecentlySeen<Object, ApiKey> known;
  private final RecentlySeen<Object, Boolean> unknown;

  public Authenticate(KeyRepository keys, UnitOfWork unitOfWork, Clock clock, Duration timeToLive) {
    this(keys, unitOfWork, clock, timeToLive, new LastUses());
  }

  public Authenticate(
      KeyRepository keys,
      UnitOfWork unitOfWork,
      Clock clock,
      Duration timeToLive,
      LastUses lastUses) {
    this.keys = keys;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
    this.lastUses = lastUses;
    this.known = new RecentlySeen<>(timeToLive, CAPACITY);
    this.unknown = new RecentlySeen<>(timeToLive, CAPACITY);
  }

  /** The holder of the secret key with this text; no text at all is {@code MISSING}. */
  public Caller bySecret(String text) {
    if (text.isEmpty()) throw refused(Cause.MISSING);
    return bySecret(read(text).hash());
  }

  /** The holder of the secret key with this hash. */
  public Caller bySecret(SecretHash secret) {
    return caller(
        secret, () -> keys.findBySecret(secret).filter(key -> key.secretHash().matches(secret)));
  }

  /** The holder of the key with this public half, whose possession is proved by other means. */
  public Caller byAccessKey(AccessKey accessKey) {
    return caller(accessKey, () -> keys.findByAccessKey(accessKey));
  }

  private Caller caller(Object credential, Supplier<Optional<ApiKey>> find) {
    Instant now = clock.instant();
    ApiKey key =
        known
            .get(credential, now)
            .or(() -> load(credential, find, now))
            .orElseThrow(() -> refused(Cause.UNKNOWN));
    if (key.isExpiredAt(now)) throw refused(Cause.EXPIRED);
    return Caller.of(new KeyHolder(key));
  }

  private Optional<ApiKey> load(Object credential, Supplier<Optional<ApiKey>> find, Instant now) {
    if (unknown.get(credential, now).isPresent()) return Optional.empty();
    Optional<ApiKey> found = unitOfWork.inTransaction(find);
    found.ifPresentOrElse(
        key -> remember(credential, key, now), () -> unknown.put(credential, true, now));
    return found;
  }

  /**
   * A use is noted when the key is loaded: as a key in use is loaded all the time, that is enough.
   */
  private void remember(Object credential, ApiKey key, Instant now) {
    known.put(credential, key, now);
    if (!key.isExpiredAt(now)) lastUses.note(key.accessKey(), now);
  }

  private static SecretKey read(String text) {
    try {
      return SecretKey.parse(text);
    } catch (RegistryException e) {
      throw refused(Cause.MALFORMED);
    }
  }

  private static RegistryException refused(Cause cause) {
    return new RegistryException(new Unauthenticated(cause));
  }
}
