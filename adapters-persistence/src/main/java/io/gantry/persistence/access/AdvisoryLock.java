package io.gantry.persistence.access;

import org.hibernate.Session;

/** Serializes rare work between all replicas. The numbers are arbitrary, but fixed for ever. */
enum AdvisoryLock {
  CONFIGURATION(7_401),
  SIGNING_KEYS(7_402);

  private final long number;

  AdvisoryLock(long number) {
    this.number = number;
  }

  /** Waits for the lock and holds it until the end of the transaction. */
  void acquire(Session session) {
    var _ =
        session
            .createNativeQuery("select 1 from pg_advisory_xact_lock(:number)", Integer.class)
            .setParameter("number", number)
            .getSingleResult();
  }
}
