package io.gantry.bootstrap.parity;

import io.gantry.bootstrap.running.RunningGantry;
import io.quarkus.test.junit.QuarkusTest;

/** The control plane over REST. */
@QuarkusTest
@RunningGantry
final class RestParityTest extends ParityContract {
  @Override
  public Face face() {
    return rest;
  }

  @Override
  public Face peer() {
    return grpc;
  }
}
