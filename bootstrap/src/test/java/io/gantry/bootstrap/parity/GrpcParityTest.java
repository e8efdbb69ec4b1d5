package io.gantry.bootstrap.parity;

import io.gantry.bootstrap.running.RunningGantry;
import io.quarkus.test.junit.QuarkusTest;

/** The control plane over gRPC. */
@QuarkusTest
@RunningGantry
final class GrpcParityTest extends ParityContract {
  @Override
  public Face face() {
    return grpc;
  }

  @Override
  public Face peer() {
    return rest;
  }
}
