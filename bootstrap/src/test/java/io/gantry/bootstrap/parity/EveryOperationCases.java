package io.gantry.bootstrap.parity;

import static io.gantry.bootstrap.parity.Faces.wellFormed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import io.gantry.bootstrap.running.Tenants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each operation: who may call it, and for what it is refused. */
interface EveryOperationCases extends Faces {
  String OPERATIONS = "io.gantry.bootstrap.parity.EveryOperationCases#operations";
  String WITH_ID = "io.gantry.bootstrap.parity.EveryOperationCases#operationsWithId";
  String LISTS = "io.gantry.bootstrap.parity.EveryOperationCases#lists";

  static List<String> operations() {
    return Methods.all().stream().map(MethodDescriptor::getName).toList();
  }

  static List<String> operationsWithId() {
    return operations().stream().filter(operation -> !idOf(operation).isEmpty()).toList();
  }

  static List<String> lists() {
    return operations().stream().filter(operation -> operation.startsWith("List")).toList();
  }

  private static String idOf(String operation) {
    return wellFormed(operation).arguments().keySet().stream()
        .filter(argument -> argument.endsWith("_id"))
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest
  @MethodSource(OPERATIONS)
  default void asksNobodyInParticularWhoTheyAre(String operation) {
    ask(wellFormed(operation).as("")).isFailure("Unauthenticated", "reason", "invalid_argument");
  }

  @ParameterizedTest
  @MethodSource(OPERATIONS)
  default void refusesSecretsThatCannotBe(String operation) {
    ask(wellFormed(operation).as("secret"))
        .isFailure("Unauthenticated", "reason", "invalid_argument");
  }

  @ParameterizedTest
  @MethodSource(OPERATIONS)
  default void refusesSecretsThatNobodyHas(String operation) {
    ask(wellFormed(operation).as("00000000-0000-4000-8000-000000000000"))
        .isFailure("Unauthenticated", "reason", "not_found");
  }

  @ParameterizedTest
  @MethodSource(OPERATIONS)
  default void refusesExpiredKeys(String operation) {
    ask(wellFormed(operation).as(Tenants.EXPIRED))
        .isFailure("Unauthenticated", "reason", "expired");
  }

  @ParameterizedTest
  @MethodSource(OPERATIONS)
  default void refusesRegionsThatAreNotServed(String operation) {
    ask(wellFormed(operation).with("region", "us-east"))
        .isFailure("InvalidArgument", "argument", "region");
  }

  @ParameterizedTest
  @MethodSource(WITH_ID)
  default void doesNotFindWhatIsNotThere(String operation) {
    ask(wellFormed(operation)).isFailure("NotFound");
  }

  @ParameterizedTest
  @MethodSource(WITH_ID)
  default void refusesIdsThatAreNone(String operation) {
    ask(wellFormed(operation).with(idOf(operation), "42"))
        .isFailure("InvalidArgument", "argument", idOf(operation));
  }

  @ParameterizedTest
  @MethodSource(LISTS)
  default void listsBeginAtPageOne(String operation) {
    for (int page : new int[] {0, -1, Integer.MIN_VALUE}) {
      ask(wellFormed(operation).with("page", page))
          .isFailure("InvalidArgument", "argument", "page");
    }
  }

  @ParameterizedTest
  @MethodSource(LISTS)
  default void pagesHaveOneToAHundredItems(String operation) {
    for (int size : new int[] {0, 101, Integer.MAX_VALUE}) {
      ask(wellFormed(operation).with("page_size", size))
          .isFailure("InvalidArgument", "argument", "page_size");
    }
  }

  @ParameterizedTest
  @MethodSource(LISTS)
  default void refusesOrdersThatDoNotExist(String operation) {
    ask(wellFormed(operation).with("order_by", "size_asc"))
        .isFailure("InvalidArgument", "argument", "order_by");
  }

  /** Pages of an order together are the whole list in that order; behind them there is nothing. */
  default void pagesAreTheListInPieces(Call list, String items) {
    List<String> whole = ask(list.with("page_size", 100)).column(items, "id");
    var pieces = new ArrayList<String>();
    for (int page = 1; page <= whole.size() / 2 + 1; page++) {
      pieces.addAll(ask(list.with("page_size", 2).with("page", page)).column(items, "id"));
    }
    assertThat(pieces).isEqualTo(whole);
    for (int page : new int[] {whole.size() + 1, Integer.MAX_VALUE}) {
      Answer behind = ask(list.with("page_size", 100).with("page", page));
      assertThat(behind.column(items, "id")).isEmpty();
      assertThat(behind.body().path("total_count").asInt()).isEqualTo(whole.size());
    }
  }

  /** The list has this order, as far as one of its fields shows it. */
  default void isInOrder(Call list, String items, Enum<?> order) {
    String name = order.name();
    String wire = name.toLowerCase(Locale.ROOT);
    Answer ordered = ask(list.with("order_by", wire));
    if (name.endsWith("_ASC") || name.endsWith("_DESC")) {
      String field = wire.substring(0, wire.lastIndexOf('_'));
      List<String> column = ordered.column(items, field);
      assertThat(column)
          .isSortedAccordingTo(
              name.endsWith("_ASC") ? Comparator.naturalOrder() : Comparator.reverseOrder());
    }
    assertThat(ordered.column(items, "id"))
        .hasSize(5)
        .containsExactlyInAnyOrderElementsOf(ask(list).column(items, "id"));
  }
}
