package io.gantry.oci.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AskedRangesTest {

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
    assertThat(AskedRanges.parse(Optional.of(header), size))
        .isEqualTo(new AskedRanges.Parts(List.of(new ByteRange(first, last))));
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
    assertThat(AskedRanges.parse(Optional.of(header), size))
        .isEqualTo(new AskedRanges.Unsatisfiable());
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
        "bytes=1-2,x",
        "bytes=,",
        "items=0-1",
        "bytes=٣-٤"
      })
  void ignoresWhatIsNoRangeOfBytes(String header) {
    assertThat(AskedRanges.parse(Optional.of(header), 100)).isEqualTo(new AskedRanges.Whole());
  }

  @Test
  void asksForEverythingWithoutAHeader() {
    assertThat(AskedRanges.parse(Optional.empty(), 100)).isEqualTo(new AskedRanges.Whole());
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
      if (parse(header.toString(), size) instanceof AskedRanges.Parts(var parts)) {
        assertThat(parts).isNotEmpty();
        long end = -2;
        for (ByteRange part : parts) {
          assertThat(part.first()).isBetween(end + 2, size - 1);
          assertThat(part.last()).isBetween(part.first(), size - 1);
          end = part.last();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'bytes=0-1,5-6', 0-1 5-6",
    "'bytes=5-6,0-1', 0-1 5-6",
    "'bytes= 0-1 , 5-6 ', 0-1 5-6",
    "'bytes=0-1,,5-6,', 0-1 5-6",
    "'bytes=0-1,2-3', 0-3",
    "'bytes=0-9,5-6', 0-9",
    "'bytes=0-5,3-9', 0-9",
    "'bytes=0-1,0-1,0-1', 0-1",
    "'bytes=0-0,-1', 0-0 99-99",
    "'bytes=0-1,200-300', 0-1",
    "'bytes=0-,-100,5-6', 0-99"
  })
  void asksForPartsInOrderThatDoNotTouch(String header, String parts) {
    assertThat(parse(header, 100))
        .isInstanceOfSatisfying(
            AskedRanges.Parts.class,
            asked ->
                assertThat(
                        asked.ranges().stream()
                            .map(range -> range.first() + "-" + range.last())
                            .collect(Collectors.joining(" ")))
                    .isEqualTo(parts));
  }

  @Test
  void asksForEverythingBeyondSixteenParts() {
    assertThat(parse(everySecondByte(16), 100))
        .isInstanceOfSatisfying(
            AskedRanges.Parts.class, asked -> assertThat(asked.ranges()).hasSize(16));
    assertThat(parse(everySecondByte(17), 100)).isEqualTo(new AskedRanges.Whole());
    assertThat(parse(everySecondByte(5000), 1_000_000)).isEqualTo(new AskedRanges.Whole());
  }

  private static String everySecondByte(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> 2 * i + "-" + 2 * i)
        .collect(Collectors.joining(",", "bytes=", ""));
  }

  private static AskedRanges parse(String header, long size) {
    return AskedRanges.parse(Optional.of(header), size);
  }
}
