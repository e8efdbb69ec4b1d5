package io.gantry.bootstrap.parity;

/** A way to call the running registry's control plane. */
interface Face {
  /** Calls, waits, and says what came back without the protocol's own words. */
  Answer call(Call call);
}
