package io.gantry.domain.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.error.RegistryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PageRequestTest {

  @ParameterizedTest
  @CsvSource({"1, 1, 0", "1, 100, 0", "2, 50, 50", "2147483647, 100, 214748364600"})
  void startsAfterAllPagesBefore(int number, int size, long offset) {
    assertThat(new PageRequest(number, size).offset()).isEqualTo(offset);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 1", "1, 0", "1, -1", "1, 101"})
  void refusesWhatIsOutOfBounds(int number, int size) {
    assertThatThrownBy(() -> new PageRequest(number, size)).isInstanceOf(RegistryException.class);
  }

  @Test
  void firstPageHasTheDefaultSize() {
    assertThat(PageRequest.first()).isEqualTo(new PageRequest(1, 50));
  }
}
