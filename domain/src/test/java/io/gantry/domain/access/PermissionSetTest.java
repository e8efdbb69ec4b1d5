package io.gantry.domain.access;

import static io.gantry.domain.access.Permission.READ;
import static io.gantry.domain.access.Permission.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PermissionSetTest {

  @ParameterizedTest
  @CsvSource({
    "ContainerRegistryReadOnly, false",
    "ContainerRegistryFullAccess, true",
    "AllProductsReadOnly, false",
    "AllProductsFullAccess, true"
  })
  void allowsReadingAlwaysAndWritingOnlyWithFullAccess(String publishedName, boolean writes) {
    PermissionSet set = PermissionSet.find(publishedName).orElseThrow();

    assertThat(set.allows(READ)).isTrue();
    assertThat(set.allows(WRITE)).isEqualTo(writes);
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsPublishedName(PermissionSet set) {
    assertThat(PermissionSet.find(set.publishedName())).contains(set);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "containerregistryreadonly", "ObjectStorageFullAccess"})
  void doesNotKnowOtherNames(String name) {
    assertThat(PermissionSet.find(name)).isEmpty();
  }

  @Test
  void grantsCountOnlyInTheirOwnProject() {
    ProjectId granted = Keys.aProject();
    Principal.KeyHolder holder =
        new Principal.KeyHolder(
            Keys.aKey("SCWAAAAAAAAAAAAAAAAA", granted, PermissionSet.CONTAINER_REGISTRY_READ_ONLY));

    assertThat(holder.may(READ, granted)).isTrue();
    assertThat(holder.may(READ, Keys.aProject())).isFalse();
    assertThat(holder.projectsWith(READ)).containsExactly(granted);
    assertThat(holder.projectsWith(WRITE)).isEmpty();
  }
}
