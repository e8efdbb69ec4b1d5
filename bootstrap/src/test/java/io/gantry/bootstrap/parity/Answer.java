package io.gantry.bootstrap.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** What came back, free of the protocol it came by. */
sealed interface Answer {
  /**
   * What was asked for.
   *
   * @param body as REST has it, times to the microsecond
   */
  record Success(JsonNode body) implements Answer {}

  /**
   * A refusal.
   *
   * @param kind the name of a {@code RegistryError}
   * @param facts what a program can read of it on either face
   */
  record Failure(String kind, Map<String, String> facts) implements Answer {
    public Failure {
      facts = Map.copyOf(facts);
    }
  }

  /** The body; fails the test if there is none. */
  default JsonNode body() {
    assertThat(this).isInstanceOf(Success.class);
    return ((Success) this).body();
  }

  default String text(String field) {
    JsonNode value = body().path(field);
    assertThat(value.isValueNode()).as("%s in %s", field, body()).isTrue();
    return value.asText();
  }

  /** One field of every item of a list. */
  default List<String> column(String list, String field) {
    return StreamSupport.stream(body().path(list).spliterator(), false)
        .map(item -> item.path(field).asText())
        .toList();
  }

  /** Checks that it is this failure, with at least these facts, names and values in turn. */
  default void isFailure(String kind, String... facts) {
    assertThat(this).isInstanceOf(Failure.class);
    Failure failure = (Failure) this;
    assertThat(failure.kind()).as("%s", failure).isEqualTo(kind);
    for (int i = 0; i < facts.length; i += 2) {
      assertThat(failure.facts()).containsEntry(facts[i], facts[i + 1]);
    }
  }
}
