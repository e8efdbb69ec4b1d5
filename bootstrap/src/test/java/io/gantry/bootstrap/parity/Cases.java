package io.gantry.bootstrap.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Counts the cases that passed by face. When both faces have been through, it checks that both went
 * through the same, and that no operation was left out, and says how many it were.
 */
final class Cases implements TestWatcher, AfterAllCallback {
  private static final Map<String, Set<String>> PASSED = new TreeMap<>();
  private static final Set<String> CALLED = new TreeSet<>();
  private static boolean allPassed = true;

  static synchronized void called(String operation) {
    CALLED.add(operation);
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    synchronized (Cases.class) {
      PASSED
          .computeIfAbsent(context.getRequiredTestClass().getSimpleName(), _ -> new TreeSet<>())
          .add(context.getRequiredTestMethod().getName() + " " + context.getDisplayName());
    }
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    synchronized (Cases.class) {
      allPassed = false;
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    synchronized (Cases.class) {
      if (PASSED.size() < 2 || !allPassed) return;
      Set<String> overRest = PASSED.getOrDefault("RestParityTest", Set.of());
      Set<String> overGrpc = PASSED.getOrDefault("GrpcParityTest", Set.of());
      assertThat(overGrpc).isEqualTo(overRest);
      assertThat(CALLED).hasSameSizeAs(Methods.all());
      System.out.println("parity: " + overRest.size() + " cases over REST and gRPC, same answers");
    }
  }
}
