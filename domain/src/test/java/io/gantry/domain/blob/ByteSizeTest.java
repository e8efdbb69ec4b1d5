package io.gantry.domain.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ByteSizeTest {

  @Test
  void isNeverNegative() {
    assertThatThrownBy(() -> new ByteSize(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ByteSize(3).plus(-4)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void addsBytes() {
    assertThat(new ByteSize(3).plus(4)).isEqualTo(new ByteSize(7));
    assertThat(new ByteSize(3).plus(-3)).isEqualTo(ByteSize.ZERO);
  }

  @Test
  void refusesToOverflow() {
    assertThatThrownBy(() -> new ByteSize(Long.MAX_VALUE).plus(1))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void comparesByBytes() {
    assertThat(new ByteSize(9)).isLessThan(new ByteSize(10));
  }
}
