package io.gantry.persistence.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.paging.PageRequest;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hibernate.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class StretchTest {
  private static final int ROWS = 9;

  private static final String ASKED =
      "with asked as (select cast(:offset as bigint) as page_offset, cast(:size as bigint) as"
          + " page_size) ";

  @Inject Session session;

  @ParameterizedTest
  @CsvSource({"false, 0", "true, 0", "false, 4", "true, 4"})
  void givesTheSamePageFromEitherEnd(boolean descending, int before) {
    List<Integer> list = new ArrayList<>(IntStream.rangeClosed(1, ROWS).boxed().toList());
    if (descending) Collections.reverse(list);
    Stretch stretch =
        new Stretch(
            List.of(
                "select g as id, g as k from generate_series(1, 9, 2) g",
                "select g as id, g as k from generate_series(2, 9, 2) g"),
            List.of("k", "id"),
            descending,
            Integer.toString(before),
            Integer.toString(ROWS),
            Optional.empty());

    for (int size = 1; size <= 15; size++) {
      for (int number = 1; number <= 16 / size + 1; number++) {
        var request = new PageRequest(number, size);
        int from = Math.clamp(request.offset() - before, 0, ROWS);
        int to = Math.clamp(request.offset() + size - before, from, ROWS);
        List<Integer> page = list.subList(from, to);
        assertThat(ids(stretch, request, 100))
            .as("%s", request)
            .containsExactlyInAnyOrderElementsOf(page);
        assertThat(ids(stretch, request, 0))
            .as("%s from the nearer end", request)
            .containsExactlyInAnyOrderElementsOf(page);
      }
    }
  }

  private List<Integer> ids(Stretch stretch, PageRequest page, long near) {
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                session
                    .createNativeQuery(ASKED + stretch.ids(page, near), Integer.class)
                    .setParameter("size", page.size())
                    .setParameter("offset", page.offset())
                    .getResultList());
  }
}
