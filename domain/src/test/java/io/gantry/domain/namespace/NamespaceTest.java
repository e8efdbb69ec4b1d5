package io.gantry.domain.namespace;

import static io.gantry.domain.Catalogue.START;
import static io.gantry.domain.Catalogue.aNamespaceName;
import static io.gantry.domain.Catalogue.aProject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.Catalogue;
import io.gantry.domain.error.RegistryException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class NamespaceTest {
  private static final Instant LATER = START.plusSeconds(1);
  private final Namespace namespace = Catalogue.aNamespace(aProject(), aNamespaceName(), START);

  @Test
  void startsUsableAndEmpty() {
    assertThat(namespace.isReady()).isTrue();
    assertThat(namespace.usage()).isEqualTo(Usage.NOTHING);
    assertThat(namespace.updatedAt()).isEqualTo(namespace.createdAt());
  }

  @Test
  void eachChangeMovesTheUpdateTimeAndNothingElse() {
    assertThat(namespace.describe("new", LATER))
        .usingRecursiveComparison()
        .ignoringFields("description", "updatedAt")
        .isEqualTo(namespace);
    assertThat(namespace.makePublic(true, LATER))
        .usingRecursiveComparison()
        .ignoringFields("isPublic", "updatedAt")
        .isEqualTo(namespace);
    assertThat(namespace.describe("new", LATER).description()).isEqualTo("new");
    assertThat(namespace.makePublic(true, LATER).isPublic()).isTrue();
    assertThat(namespace.makePublic(true, LATER).updatedAt()).isEqualTo(LATER);
  }

  @Test
  void isNotUsableOnceDeleted() {
    Namespace deleted = namespace.delete(LATER);

    assertThat(deleted.isReady()).isFalse();
    assertThat(deleted.status()).isEqualTo(Status.DELETING);
    assertThat(deleted.delete(LATER)).isEqualTo(deleted);
  }

  @Test
  void acceptsTheLongestDescription() {
    String longest = "é".repeat(Namespace.MAX_DESCRIPTION);

    assertThat(namespace.describe(longest, LATER).description()).isEqualTo(longest);
  }

  @Test
  void refusesADescriptionThatIsTooLongOrCannotBeStored() {
    assertThatThrownBy(() -> namespace.describe("a".repeat(Namespace.MAX_DESCRIPTION + 1), LATER))
        .isInstanceOf(RegistryException.class);
    assertThatThrownBy(() -> namespace.describe("a\0b", LATER))
        .isInstanceOf(RegistryException.class);
  }
}
