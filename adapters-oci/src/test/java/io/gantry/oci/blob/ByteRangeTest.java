package io.gantry.oci.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.oci.blob.ByteRange.Asked;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteRangeTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 100, 0, 0",
    "bytes=0-99, 100, 0, 99",
    "bytes=10-19, 100, 10, 19",
    "bytes=99-, 100, 99, 99",
    "bytes=0-, 100, 0, 99",
    "bytes=90-500, 100, 90, 99",
    "bytes=-1, 100, 99, 99",
    "bytes=-100, 100, 0, 99",
    "bytes=-500, 100, 0, 99",
    "Bytes=1-2, 100, 1, 2",
    "bytes=5-999999999999999999, 100, 5, 99",
    "bytes=5-99999999999999999999999, 100, 5, 99",
    "bytes=-99999999999999999999999, 100, 0, 99",
    "bytes=0-1, 10995116277760, 0, 1",
    "bytes=10995116277759-, 10995116277760, 10995116277759, 10995116277759"
  })
  void asksForAPart(String header, long size, long first, long last) {
    assertThat(ByteRange.parse(Optional.of(header), size))
        .isEqualTo(new Asked.Part(new ByteRange(first, last)));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=500-0, 1000",
    "bytes=100-, 100",
    "bytes=100-200, 100",
    "bytes=99999999999999999999999-, 100",
    "bytes=-0, 100",
    "bytes=0-, 0",
    "bytes=0-0, 0",
    "bytes=-1, 0"
  })
  void asksForWhatTheBlobDoesNotHave(String header, long size) {
    assertThat(ByteRange.parse(Optional.of(header), size)).isEqualTo(new Asked.Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=1",
        "bytes 1-2",
        "bytes=1-2-3",
        "bytes=--1",
        "bytes=+1-2",
        "bytes=1-2,4-5",
        "items=0-1",
        "bytes=٣-٤"
      })
  void ignoresWhatIsNotOneRangeOfBytes(String header) {
    assertThat(ByteRange.parse(Optional.of(header), 100)).isEqualTo(new Asked.Whole());
  }

  @Test
  void asksForEverythingWithoutAHeader() {
    assertThat(ByteRange.parse(Optional.empty(), 100)).isEqualTo(new Asked.Whole());
  }

  @Test
  void saysWhichPartOfHowMany() {
    assertThat(new ByteRange(5, 9).contentRange(100)).isEqualTo("bytes 5-9/100");
    assertThat(new ByteRange(5, 9).length()).isEqualTo(5);
  }

  @Test
  void staysInsideTheBlobWhateverIsAsked() {
    String alphabet = "bytes=0123456789-,- ";
    Random random = new Random(2);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder header = new StringBuilder("bytes=");
      for (int n = random.nextInt(30); n > 0; n--) {
        header.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      long size = random.nextInt(50);
      if (ByteRange.parse(Optional.of(header.toString()), size) instanceof Asked.Part(var part)) {
        assertThat(part.first()).isBetween(0L, size - 1);
        assertThat(part.last()).isBetween(part.first(), size - 1);
      }
    }
  }
}
