package io.gantry.oci.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.Fuzz;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever a Range header is, an answer stays inside the blob and is no longer than it. */
final class AskedRangesFuzzTest {
  private static final List<String> EXAMPLES =
      List.of(
          "bytes=0-0",
          "bytes=5-",
          "bytes=-7",
          "bytes=0-3, 5-9,12-",
          "bytes=9-2",
          "bytes=99999999999999999999-",
          "items=0-1");

  @Test
  void staysInsideTheBlob() {
    for (long size : new long[] {0, 1, 10, 1_000}) {
      Fuzz.texts(10_000, EXAMPLES, text -> check(AskedRanges.parse(Optional.of(text), size), size));
    }
  }

  private static void check(AskedRanges asked, long size) {
    if (!(asked instanceof AskedRanges.Parts(var ranges))) return;
    assertThat(ranges).isNotEmpty().hasSizeLessThanOrEqualTo(AskedRanges.MAX_PARTS);
    long end = -1;
    for (ByteRange range : ranges) {
      assertThat(range.first()).isGreaterThan(end);
      assertThat(range.last()).isBetween(range.first(), size - 1);
      end = range.last();
    }
  }
}
