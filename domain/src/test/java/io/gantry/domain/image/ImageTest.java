package io.gantry.domain.image;

import static io.gantry.domain.Catalogue.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.Catalogue;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageTest {
  private static final Instant LATER = START.plusSeconds(1);
  private final Image image =
      new Image(
          new ImageId(UUID.randomUUID()),
          new NamespaceId(UUID.randomUUID()),
          Catalogue.aProject(),
          new ImageName("app"),
          Status.READY,
          Visibility.INHERIT,
          new ByteSize(5),
          START,
          START,
          List.of("latest"));

  @ParameterizedTest
  @CsvSource({
    "INHERIT, true, true",
    "INHERIT, false, false",
    "PUBLIC, true, true",
    "PUBLIC, false, true",
    "PRIVATE, true, false",
    "PRIVATE, false, false"
  })
  void ownVisibilityWinsOverThatOfTheNamespace(
      Visibility own, boolean publicNamespace, boolean isPublic) {
    assertThat(own.isPublicIn(publicNamespace)).isEqualTo(isPublic);
    assertThat(repository(publicNamespace, Optional.of(own)).isPublic()).isEqualTo(isPublic);
  }

  @Test
  void repositoryWithoutImageIsAsPrivateAsOneThatIsHidden() {
    assertThat(repository(true, Optional.empty()).isPublic()).isFalse();
    assertThat(repository(false, Optional.empty()).isPublic()).isFalse();
  }

  @Test
  void changeOfVisibilityMovesTheUpdateTimeAndNothingElse() {
    Image changed = image.withVisibility(Visibility.PUBLIC, LATER);

    assertThat(changed.visibility()).isEqualTo(Visibility.PUBLIC);
    assertThat(changed.updatedAt()).isEqualTo(LATER);
    assertThat(changed)
        .usingRecursiveComparison()
        .ignoringFields("visibility", "updatedAt")
        .isEqualTo(image);
  }

  @Test
  void isNotUsableOnceDeleted() {
    Image deleted = image.delete(LATER);

    assertThat(image.isReady()).isTrue();
    assertThat(deleted.isReady()).isFalse();
    assertThat(deleted.delete(LATER)).isEqualTo(deleted);
  }

  private static Repository repository(boolean publicNamespace, Optional<Visibility> own) {
    return new Repository(
        RepositoryPath.parse("demo/app"),
        new NamespaceId(UUID.randomUUID()),
        Catalogue.aProject(),
        publicNamespace,
        own.map(
            visibility -> new Repository.Held(new ImageId(UUID.randomUUID()), visibility, true)));
  }
}
