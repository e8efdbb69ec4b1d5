package io.gantry.domain.access;

import static io.gantry.domain.access.PermissionSet.ALL_PRODUCTS_FULL_ACCESS;
import static io.gantry.domain.access.PermissionSet.CONTAINER_REGISTRY_FULL_ACCESS;
import static io.gantry.domain.access.PermissionSet.CONTAINER_REGISTRY_READ_ONLY;
import static io.gantry.domain.access.PermissionSet.IAM_MANAGER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GrantsTest {
  private static final ProjectId ONE = Keys.aProject();
  private static final ProjectId OTHER = Keys.aProject();
  private static final Grants READS_ONE = in(ONE, CONTAINER_REGISTRY_READ_ONLY);
  private static final Grants WRITES_ONE = in(ONE, CONTAINER_REGISTRY_FULL_ACCESS);
  private static final Grants EVERYTHING = everywhere(ALL_PRODUCTS_FULL_ACCESS);

  @Test
  void writingCoversReadingAndNotTheOtherWayRound() {
    assertThat(WRITES_ONE.cover(READS_ONE)).isTrue();
    assertThat(READS_ONE.cover(WRITES_ONE)).isFalse();
  }

  @Test
  void oneProjectDoesNotCoverAnother() {
    assertThat(WRITES_ONE.cover(in(OTHER, CONTAINER_REGISTRY_READ_ONLY))).isFalse();
  }

  @Test
  void aProjectDoesNotCoverTheOrganization() {
    assertThat(in(ONE, ALL_PRODUCTS_FULL_ACCESS).cover(everywhere(CONTAINER_REGISTRY_READ_ONLY)))
        .isFalse();
  }

  @Test
  void everythingEverywhereCoversAll() {
    assertThat(EVERYTHING.cover(WRITES_ONE)).isTrue();
    assertThat(EVERYTHING.cover(everywhere(IAM_MANAGER))).isTrue();
  }

  @Test
  void managingIdentityGivesNothingInProjectsToGiveOn() {
    assertThat(everywhere(IAM_MANAGER).cover(READS_ONE)).isFalse();
    assertThat(everywhere(IAM_MANAGER).cover(EVERYTHING)).isFalse();
    assertThat(everywhere(IAM_MANAGER).and(WRITES_ONE).cover(READS_ONE)).isTrue();
  }

  @Test
  void bothTogetherAllowWhatEitherAllows() {
    Grants both = READS_ONE.and(in(ONE, IAM_MANAGER)).and(WRITES_ONE);

    assertThat(both.allowIn(ONE, Permission.WRITE)).isTrue();
    assertThat(both.allowIn(OTHER, Permission.READ)).isFalse();
    assertThat(both.allowEverywhere(Permission.MANAGE_IDENTITY)).isFalse();
  }

  private static Grants in(ProjectId project, PermissionSet set) {
    return Grants.inProjects(Map.of(project, Set.of(set)));
  }

  private static Grants everywhere(PermissionSet set) {
    return new Grants(Set.of(set), Map.of());
  }
}
