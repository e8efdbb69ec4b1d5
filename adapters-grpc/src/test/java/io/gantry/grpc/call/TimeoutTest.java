package io.gantry.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeoutTest {

  @ParameterizedTest
  @CsvSource({
    "1n, PT0.000000001S",
    "100u, PT0.0001S",
    "99999999u, PT60S",
    "250m, PT0.25S",
    "0S, PT0S",
    "59S, PT59S",
    "61S, PT60S",
    "1M, PT60S",
    "99999999H, PT60S"
  })
  void isWhatTheCallerSaysUpToTheLimit(String text, Duration expected) {
    assertThat(Timeout.of(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "S", "1", "1s", "-1S", "1.5S", "123456789S", " 1S", "1S ", "\u0661S"})
  void isTheLimitIfItCannotBeRead(String text) {
    assertThat(Timeout.of(text)).isEqualTo(Timeout.LIMIT);
  }

  @Test
  void isTheLimitIfNothingIsSaid() {
    assertThat(Timeout.of(null)).isEqualTo(Timeout.LIMIT);
  }
}
