package io.gantry.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.application.access.NameFilter;
import io.gantry.domain.error.ArgumentReason;
import io.gantry.domain.error.RegistryError.InvalidArgument;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.namespace.NamespaceOrder;
import io.gantry.domain.paging.PageRequest;
import io.gantry.domain.tag.TagOrder;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryParametersTest {

  @Test
  void takesDefaultsWithoutAQuery() {
    QueryParameters none = new QueryParameters(null);

    assertThat(none.page()).isEqualTo(new PageRequest(1, 50));
    assertThat(none.orderBy(NamespaceOrder.class)).isEqualTo(NamespaceOrder.CREATED_AT_ASC);
    assertThat(none.flag("force")).isFalse();
    assertThat(none.name()).isEqualTo(new NameFilter.Any());
    assertThat(none.projectId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "=", "=&=1", "page", "page=", "page=&page_size=&order_by="})
  void takesAParameterWithoutValueAsAbsent(String query) {
    QueryParameters parameters = new QueryParameters(query);

    assertThat(parameters.page()).isEqualTo(new PageRequest(1, 50));
    assertThat(parameters.orderBy(TagOrder.class)).isEqualTo(TagOrder.CREATED_AT_ASC);
  }

  @Test
  void takesTheFirstOfARepeatedParameterAndIgnoresUnknownOnes() {
    QueryParameters parameters = new QueryParameters("projectId=x&page=2&page=3&page_size=100");

    assertThat(parameters.page()).isEqualTo(new PageRequest(2, 100));
  }

  @Test
  void decodesNames() {
    assertThat(new QueryParameters("name=team%2Fapp").name())
        .isEqualTo(new NameFilter.Exactly("team/app"));
  }

  @ParameterizedTest
  @CsvSource({"true,true", "True,true", "TRUE,true", "false,false", "False,false"})
  void readsBooleansInAnyCase(String text, boolean value) {
    assertThat(new QueryParameters("force=" + text).flag("force")).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status_asc", "status_desc", "region", "description_desc", "name_asc"})
  void readsOrders(String text) {
    assertThat(new QueryParameters("order_by=" + text).orderBy(NamespaceOrder.class))
        .hasToString(text.toUpperCase(Locale.ROOT));
  }

  @ParameterizedTest
  @CsvSource({
    "page=0,                   page,      CONSTRAINT",
    "page=-1,                  page,      CONSTRAINT",
    "page=one,                 page,      FORMAT",
    "page=1.5,                 page,      FORMAT",
    "page=2147483648,          page,      FORMAT",
    "page=%zz,                 page,      FORMAT",
    "page_size=0,              page_size, CONSTRAINT",
    "page_size=101,            page_size, CONSTRAINT",
    "page_size=many,           page_size, FORMAT",
    "order_by=size_asc,        order_by,  CONSTRAINT",
    "order_by=CREATED_AT_ASC,  order_by,  CONSTRAINT",
    "order_by=description_asc, order_by,  CONSTRAINT",
    "force=yes,                force,     FORMAT",
    "project_id=1,             project_id, FORMAT",
    "organization_id=x,        organization_id, FORMAT",
  })
  void refusesWhatCannotBeRead(String query, String argument, ArgumentReason reason) {
    QueryParameters parameters = new QueryParameters(query);

    InvalidArgument error =
        refusal(
            () -> {
              var _ = parameters.page();
              var _ = parameters.orderBy(TagOrder.class);
              var _ = parameters.flag("force");
              var _ = parameters.projectId();
              var _ = parameters.organizationId();
            });

    assertThat(error.argument()).isEqualTo(argument);
    assertThat(error.reason()).isEqualTo(reason);
  }

  private static InvalidArgument refusal(ThrowingCallable call) {
    return (InvalidArgument) catchThrowableOfType(RegistryException.class, call).error();
  }
}
