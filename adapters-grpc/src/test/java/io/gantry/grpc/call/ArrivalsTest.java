package io.gantry.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.access.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
  private final List<Runnable> eventLoop = new ArrayList<>();
  private final List<Runnable> workers = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  /** In whose context each worker was called. */
  private final List<String> contexts = new ArrayList<>();

  /** Whose secrets were looked up. */
  private final List<String> lookedUp = new ArrayList<>();

  @Test
  void handsOverTogetherWhatCameAtOnce() {
    Arrivals arrivals = Arrivals.together(workers::add, this::who);
    add(arrivals, call("alice", "1", true), call("alice", "2", true));
    assertThat(workers).as("before the event loop has read all there is").isEmpty();

    runAll(eventLoop);
    assertThat(workers).hasSize(1);
    runAll(workers);
    assertThat(said).containsExactly("ask 1", "ask 2", "get 1", "get 2");
    assertThat(eventLoop).as("answers go out together").hasSize(1);
    runAll(eventLoop);
    assertThat(said).endsWith("send 1", "send 2");
  }

  @Test
  void handsOverAgainWhatCameLater() {
    Arrivals arrivals = Arrivals.together(workers::add, this::who);
    add(arrivals, call("alice", "1", true));
    runAll(eventLoop);
    add(arrivals, call("alice", "2", true));
    runAll(eventLoop);

    assertThat(workers).hasSize(2);
    runAll(workers);
    assertThat(said).containsExactly("ask 1", "get 1", "ask 2", "get 2");
  }

  @Test
  void keepsCallersApart() {
    Arrivals arrivals = Arrivals.together(workers::add, this::who);
    add(arrivals, call("alice", "1", true), call("bob", "2", true), call("alice", "3", true));
    runAll(eventLoop);

    assertThat(workers).hasSize(2);
    assertThat(contexts).containsExactly("1", "2");
    workers.get(1).run();
    assertThat(said).containsExactly("ask 2", "get 2");
    said.clear();
    workers.get(0).run();
    assertThat(said).containsExactly("ask 1", "ask 3", "get 1", "get 3");
  }

  @Test
  void findsOutOnceWhoCalls() {
    Arrivals arrivals = Arrivals.together(workers::add, this::who);
    add(arrivals, call("alice", "1", true), call("bob", "2", true), call("alice", "3", true));
    runAll(eventLoop);
    runAll(workers);

    assertThat(lookedUp).containsExactly("alice", "bob");
  }

  @Test
  void triesForEachWhenItDoesNotFindOut() {
    Arrivals arrivals = Arrivals.together(workers::add, this::who);
    add(arrivals, call("nobody", "1", true), call("nobody", "2", true));
    runAll(eventLoop);
    runAll(workers);

    assertThat(lookedUp).containsExactly("nobody", "nobody");
    assertThat(said).containsExactly("refuse 1", "refuse 2", "get 1", "get 2");
  }

  @Test
  void sendsWhatIsThereBeforeItWaits() {
    Arrivals arrivals = Arrivals.together(workers::add, this::who);
    add(arrivals, call("a", "1", false), call("a", "2", true), call("a", "3", false));
    runAll(eventLoop);
    runAll(workers);

    assertThat(eventLoop).hasSize(2);
    eventLoop.get(0).run();
    assertThat(said).endsWith("send 1", "send 2");
    eventLoop.get(1).run();
    assertThat(said).endsWith("send 3");
  }

  @Test
  void handsOverNoMoreThanAreInAStatement() {
    Arrivals arrivals = Arrivals.together(workers::add, this::who);
    IntStream.range(0, 65).forEach(i -> add(arrivals, call("alice", "" + i, true)));
    runAll(eventLoop);

    assertThat(workers).hasSize(2);
    workers.get(1).run();
    assertThat(said).containsExactly("ask 64", "get 64");
  }

  @Test
  void givesEachAWorkerWhoTakesTheirOwnTime() {
    Arrivals arrivals = Arrivals.eachAlone(workers::add, this::who);
    add(arrivals, call("alice", "1", true), call("alice", "2", true));
    runAll(eventLoop);

    assertThat(workers).hasSize(2);
    assertThat(contexts).containsExactly("1", "2");
    workers.get(1).run();
    assertThat(said).containsExactly("ask 2", "get 2");
  }

  private void add(Arrivals arrivals, Arrivals.Call... calls) {
    for (Arrivals.Call call : calls) arrivals.add(call);
  }

  private Caller who(String secret) {
    lookedUp.add(secret);
    if ("nobody".equals(secret)) throw new IllegalArgumentException(secret);
    return Caller.ANONYMOUS;
  }

  private Arrivals.Call call(String secret, String name, boolean isDone) {
    return new Arrivals.Call() {
      @Override
      public String secret() {
        return secret;
      }

      @Override
      public Executor eventLoop() {
        return eventLoop::add;
      }

      @Override
      public void inItsContext(Runnable task) {
        int before = workers.size();
        task.run();
        if (workers.size() > before) contexts.add(name);
      }

      @Override
      public void ask(Supplier<Caller> caller) {
        try {
          var _ = caller.get();
          said.add("ask " + name);
        } catch (IllegalArgumentException _) {
          said.add("refuse " + name);
        }
      }

      @Override
      public boolean isDone() {
        return isDone;
      }

      @Override
      public Runnable answer() {
        said.add("get " + name);
        return () -> said.add("send " + name);
      }
    };
  }

  private static void runAll(List<Runnable> tasks) {
    List<Runnable> all = List.copyOf(tasks);
    tasks.clear();
    all.forEach(Runnable::run);
  }
}
