package io.gantry.grpc.call;

import com.google.rpc.Code;
import java.time.Duration;

/** Is told of each call that was answered. May be called by many threads at once. */
@FunctionalInterface
public interface CallMeter {
  /**
   * A call has its answer.
   *
   * @param method the service and the method, with a slash between
   * @param took from its first byte to its answer
   */
  void answered(String method, Code status, Duration took);
}
