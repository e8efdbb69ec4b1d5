package io.gantry.domain.tag;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TagConditionTest {
  private static final Digest OLD = digest(1);
  private static final Digest NEW = digest(2);
  private static final Digest OTHER = digest(3);

  @Test
  void absentAllowsOnlyATagThatIsNotThere() {
    TagCondition absent = new TagCondition.Absent();
    assertThat(absent.allows(Optional.empty(), NEW)).isTrue();
    assertThat(absent.allows(Optional.of(OLD), NEW)).isFalse();
    assertThat(absent.allows(Optional.of(NEW), NEW)).isFalse();
  }

  @Test
  void presentAllowsOnlyATagThatIsThere() {
    TagCondition present = new TagCondition.Present();
    assertThat(present.allows(Optional.empty(), NEW)).isFalse();
    assertThat(present.allows(Optional.of(OLD), NEW)).isTrue();
  }

  @Test
  void pointsAtAllowsWhatIsNamedAndWhatIsDoneAlready() {
    TagCondition pointsAt = new TagCondition.PointsAt(Set.of(OLD));
    assertThat(pointsAt.allows(Optional.of(OLD), NEW)).isTrue();
    assertThat(pointsAt.allows(Optional.of(NEW), NEW)).isTrue();
    assertThat(pointsAt.allows(Optional.of(OTHER), NEW)).isFalse();
    assertThat(pointsAt.allows(Optional.empty(), NEW)).isFalse();
    assertThat(new TagCondition.PointsAt(Set.of()).allows(Optional.of(OLD), NEW)).isFalse();
  }

  @Test
  void noneAllowsEverything() {
    assertThat(new TagCondition.None().allows(Optional.empty(), NEW)).isTrue();
    assertThat(new TagCondition.None().allows(Optional.of(OTHER), NEW)).isTrue();
  }

  private static Digest digest(int content) {
    return Digest.of(DigestAlgorithm.SHA256, new byte[] {(byte) content});
  }
}
