package io.gantry.domain.access;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signing keys in a list, the newest last. */
public final class InMemorySigningKeys implements SigningKeys {
  private final Clock clock;
  private final List<Made> made = new ArrayList<>();

  private record Made(SigningKey key, Instant at) {}

  public InMemorySigningKeys(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized List<SigningKey> all() {
    if (made.isEmpty()) add();
    Instant mature = clock.instant().minus(PUBLISHED_BEFORE_USE);
    Optional<Made> signing =
        made.reversed().stream().filter(one -> !one.at().isAfter(mature)).findFirst();
    List<SigningKey> keys = new ArrayList<>();
    keys.add(signing.orElse(made.getFirst()).key());
    made.reversed().stream().map(Made::key).filter(key -> !keys.contains(key)).forEach(keys::add);
    return keys;
  }

  @Override
  public synchronized void rotate(Duration every, Duration keep) {
    if (made.isEmpty() || made.getLast().at().isBefore(clock.instant().minus(every))) add();
    while (made.size() > 1 && made.get(1).at().isBefore(clock.instant().minus(keep))) {
      made.removeFirst();
    }
  }

  /** Forgets all keys, as an operator does when one was stolen. */
  public synchronized void clear() {
    made.clear();
  }

  private void add() {
    int number = made.size() + 1;
    String id = "key-" + clock.instant().toEpochMilli() + "-" + number;
    String secret = Digest.of(DigestAlgorithm.SHA256, id.getBytes(StandardCharsets.UTF_8)).hex();
    made.add(new Made(new SigningKey(id, secret), clock.instant()));
  }
}
