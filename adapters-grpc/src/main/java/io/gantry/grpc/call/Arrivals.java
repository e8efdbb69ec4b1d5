package io.gantry.grpc.call;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.gantry.domain.access.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a method that have come in whole and were not handed to a worker yet. Channels
 * multiplex, so calls come in bunches: many in one read of a connection. They are handed over
 * behind what the event loop has read already, all at once.
 */
final class Arrivals {
  /** Calls for one worker: as many as are in one statement. */
  private static final int MOST = 64;

  private final Executor workers;
  private final Function<String, Caller> authenticate;
  private final int together;

  /** Each event loop has its own, and needs no lock for them. */
  private final ThreadLocal<List<Call>> here = ThreadLocal.withInitial(ArrayList::new);

  private Arrivals(Executor workers, Function<String, Caller> authenticate, int together) {
    this.workers = workers;
    this.authenticate = authenticate;
    this.together = together;
  }

  /** What there is to do for a call, by a worker, in two steps. */
  interface Call {
    /** What the caller says to prove who that is; empty for nothing. */
    String secret();

    /** Where its events happen. */
    Executor eventLoop();

    /**
     * Does something at once, on its event loop, as part of what there is to do for this call.
     * Workers take over the context they are called from, and what is of one request is in it.
     */
    void inItsContext(Runnable task);

    /** Asks for the response. {@code caller} says for whom, or throws if that is nobody. */
    void ask(Supplier<Caller> caller);

    /** Whether {@link #answer} would not wait. */
    boolean isDone();

    /** Waits for the response. Returns what there is to do with it on the event loop. */
    Runnable answer();
  }

  /**
   * For calls that wait for nothing but the same statement: those of a caller that come at once
   * share a worker. Who calls may have to be looked up, and that holds up nobody else.
   */
  static Arrivals together(Executor workers, Function<String, Caller> authenticate) {
    return new Arrivals(workers, authenticate, MOST);
  }

  /** For calls that each take their own time, and have a worker each. */
  static Arrivals eachAlone(Executor workers, Function<String, Caller> authenticate) {
    return new Arrivals(workers, authenticate, 1);
  }

  /** Takes a call, on the event loop it came in by. */
  void add(Call call) {
    List<Call> arrived = here.get();
    var _ = arrived.add(call);
    if (arrived.size() == 1) call.eventLoop().execute(() -> handOver(arrived));
  }

  private void handOver(List<Call> arrived) {
    Map<String, List<Call>> byCaller =
        arrived.stream().collect(groupingBy(Call::secret, LinkedHashMap::new, toList()));
    arrived.clear();
    byCaller.values().forEach(this::handOverOfOneCaller);
  }

  private void handOverOfOneCaller(List<Call> calls) {
    for (int from = 0; from < calls.size(); from += together) {
      List<Call> some = calls.subList(from, Math.min(from + together, calls.size()));
      some.getFirst().inItsContext(() -> workers.execute(() -> answer(some)));
    }
  }

  private void answer(List<Call> calls) {
    Executor eventLoop = calls.getFirst().eventLoop();
    var caller = new Once(calls.getFirst().secret());
    calls.forEach(call -> call.ask(caller));
    List<Runnable> answers = new ArrayList<>();
    for (Call call : calls) {
      if (!answers.isEmpty() && !call.isDone()) {
        send(answers, eventLoop);
        answers = new ArrayList<>();
      }
      var _ = answers.add(call.answer());
    }
    send(answers, eventLoop);
  }

  /** Who has a secret. Found out for all who ask; if it was nobody or failed, for each again. */
  private final class Once implements Supplier<Caller> {
    private final String secret;
    private @Nullable Caller caller;

    Once(String secret) {
      this.secret = secret;
    }

    @Override
    public Caller get() {
      Caller known = caller;
      if (known == null) {
        known = authenticate.apply(secret);
        caller = known;
      }
      return known;
    }
  }

  private static void send(List<Runnable> answers, Executor eventLoop) {
    eventLoop.execute(() -> answers.forEach(Runnable::run));
  }
}
