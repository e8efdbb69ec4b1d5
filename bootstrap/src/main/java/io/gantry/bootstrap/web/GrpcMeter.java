package io.gantry.bootstrap.web;

import com.google.rpc.Code;
import io.gantry.grpc.call.CallMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and times the calls of the service, under the name and with the tags that Quarkus has for
 * those of its gRPC server.
 */
@Singleton
final class GrpcMeter implements CallMeter {
  private final MeterRegistry registry;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  GrpcMeter(MeterRegistry registry) {
    this.registry = registry;
  }

  private record Kind(String method, Code status) {}

  @Override
  public void answered(String method, Code status, Duration took) {
    timers.computeIfAbsent(new Kind(method, status), this::timer).record(took);
  }

  private Timer timer(Kind kind) {
    int slash = kind.method.indexOf('/');
    return Timer.builder("grpc.server.processing.duration")
        .description("The total time taken for the server to complete the call")
        .tag("service", kind.method.substring(0, slash))
        .tag("method", kind.method.substring(slash + 1))
        .tag("methodType", "UNARY")
        .tag("statusCode", kind.status.name())
        .register(registry);
  }
}
