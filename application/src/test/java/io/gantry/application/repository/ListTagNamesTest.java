package io.gantry.application.repository;

import static io.gantry.application.repository.DataPlane.APP;
import static io.gantry.application.repository.DataPlane.REGION;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.tag.ListTagNames.Slice;
import io.gantry.domain.manifest.ManifestBuilder;
import io.gantry.domain.tag.TagName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ListTagNamesTest {
  private final DataPlane plane = new DataPlane();

  ListTagNamesTest() {
    for (String tag : List.of("b", "a", "B", "_", "a-1", "a1", "1")) {
      plane.push(ManifestBuilder.anIndex().build(), tag);
    }
  }

  @Test
  void listsInBytewiseOrder() {
    assertThat(list(Optional.empty(), 100))
        .isEqualTo(slice(false, "1", "B", "_", "a", "a-1", "a1", "b"));
  }

  @Test
  void saysWhetherMoreFollow() {
    assertThat(list(Optional.empty(), 6).more()).isTrue();
    assertThat(list(Optional.empty(), 7).more()).isFalse();
  }

  @Test
  void continuesAfterTheLastOne() {
    assertThat(list(Optional.of("a"), 2)).isEqualTo(slice(true, "a-1", "a1"));
    assertThat(list(Optional.of("a1"), 2)).isEqualTo(slice(false, "b"));
    assertThat(list(Optional.of("b"), 2)).isEqualTo(slice(false));
  }

  @Test
  void continuesAfterOneThatIsNotThere() {
    assertThat(list(Optional.of("a0"), 1)).isEqualTo(slice(true, "a1"));
    assertThat(list(Optional.of(""), 1)).isEqualTo(slice(true, "1"));
  }

  @Test
  void listsNothingIfNothingIsAskedFor() {
    assertThat(list(Optional.empty(), 0)).isEqualTo(slice(false));
  }

  private Slice list(Optional<String> last, int limit) {
    return plane.listTagNames.handle(plane.reader, REGION, APP, last, limit);
  }

  private static Slice slice(boolean more, String... names) {
    return new Slice(Stream.of(names).map(TagName::new).toList(), more);
  }
}
