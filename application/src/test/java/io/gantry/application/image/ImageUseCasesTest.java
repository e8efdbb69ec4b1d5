package io.gantry.application.image;

import static io.gantry.application.ControlPlane.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.ControlPlane;
import io.gantry.application.access.NameFilter;
import io.gantry.domain.Catalogue;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.PermissionDenied;
import io.gantry.domain.error.RegistryError.TransientState;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageOrder;
import io.gantry.domain.image.Visibility;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Status;
import io.gantry.domain.paging.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Listing, reading, changing and deleting images. */
final class ImageUseCasesTest {
  private final ControlPlane plane = new ControlPlane();
  private final Namespace namespace = plane.addNamespace(plane.project, "demo");
  private final ImageId id = plane.catalogue.publishImage(namespace, "team/app");
  private final ListImages list =
      new ListImages(plane.readable, plane.catalogue.images(), plane.catalogue.unitOfWork());
  private final GetImage get =
      new GetImage(plane.access, plane.catalogue.images(), plane.catalogue.unitOfWork());
  private final UpdateImage update =
      new UpdateImage(
          plane.access, plane.catalogue.images(), plane.catalogue.unitOfWork(), plane.clock);
  private final DeleteImage delete =
      new DeleteImage(
          plane.access,
          plane.catalogue.images(),
          plane.catalogue.unitOfWork(),
          plane.clock,
          plane::wakePurger);

  @Test
  void listsWhatTheCallerMayRead() {
    var _ = plane.catalogue.publishImage(plane.addNamespace(plane.theirProject, "them"), "app");

    assertThat(list(plane.reader, Optional.empty(), "")).containsExactly("team/app");
    assertThat(list(plane.stranger, Optional.empty(), "")).containsExactly("app");
  }

  @Test
  void filtersByNamespaceAndExactName() {
    Namespace other = plane.addNamespace(plane.otherProject, "other");
    var _ = plane.catalogue.publishImage(other, "team/app");
    var _ = plane.catalogue.publishImage(other, "app");

    assertThat(list(plane.owner, Optional.empty(), "team/app"))
        .containsExactly("team/app", "team/app");
    assertThat(list(plane.owner, Optional.of(other.id()), "team/app")).containsExactly("team/app");
    assertThat(list(plane.owner, Optional.of(new NamespaceId(UUID.randomUUID())), "")).isEmpty();
    assertThat(list(plane.owner, Optional.empty(), "NO NAME")).isEmpty();
  }

  @Test
  void showsNoImageBeforeItsFirstManifest() {
    ImageId upcoming = plane.catalogue.addImage(namespace, "upcoming");

    assertThat(list(plane.owner, Optional.empty(), "upcoming")).isEmpty();
    assertThat(failureOf(() -> get(plane.owner, upcoming))).isInstanceOf(NotFound.class);
  }

  @Test
  void hidesImagesFromStrangers() {
    NotFound absent = new NotFound(ResourceType.IMAGE, id.toString());

    assertThat(failureOf(() -> get(plane.stranger, id))).isEqualTo(absent);
    assertThat(failureOf(() -> update(plane.stranger, Optional.of(Visibility.PUBLIC))))
        .isEqualTo(absent);
    assertThat(failureOf(() -> delete.handle(plane.stranger, Catalogue.REGION, id)))
        .isEqualTo(absent);
  }

  @Test
  void hidesPublicImagesFromStrangersToo() {
    var _ = update(plane.owner, Optional.of(Visibility.PUBLIC));

    assertThat(failureOf(() -> get(plane.stranger, id))).isInstanceOf(NotFound.class);
  }

  @Test
  void letsReadersReadOnly() {
    assertThat(get(plane.reader, id).name().value()).isEqualTo("team/app");
    assertThat(failureOf(() -> update(plane.reader, Optional.of(Visibility.PUBLIC))))
        .isInstanceOf(PermissionDenied.class);
    assertThat(failureOf(() -> delete.handle(plane.reader, Catalogue.REGION, id)))
        .isInstanceOf(PermissionDenied.class);
  }

  @Test
  void changesTheVisibilityAndTheUpdateTime() {
    Image before = get(plane.owner, id);
    plane.clock.advance(Duration.ofDays(1));

    Image after = update(plane.owner, Optional.of(Visibility.PRIVATE));

    assertThat(after.visibility()).isEqualTo(Visibility.PRIVATE);
    assertThat(after.updatedAt()).isAfter(before.updatedAt());
    assertThat(get(plane.owner, id)).isEqualTo(after);
  }

  @Test
  void leavesTheImageAsItIsIfNothingIsPresent() {
    Image before = get(plane.owner, id);
    plane.clock.advance(Duration.ofDays(1));

    assertThat(update(plane.owner, Optional.empty())).isEqualTo(before);
  }

  @Test
  void deletesAtOnceAndAgain() {
    Image once = delete.handle(plane.owner, Catalogue.REGION, id);
    plane.clock.advance(Duration.ofSeconds(1));
    Image twice = delete.handle(plane.owner, Catalogue.REGION, id);

    assertThat(once.status()).isEqualTo(Status.DELETING);
    assertThat(twice.status()).isEqualTo(Status.DELETING);
    assertThat(twice.updatedAt()).isAfter(once.updatedAt());
    assertThat(plane.wakeUps).isEqualTo(2);
    assertThat(list(plane.owner, Optional.empty(), "")).containsExactly("team/app");
  }

  @Test
  void refusesToChangeADeletedImage() {
    var _ = delete.handle(plane.owner, Catalogue.REGION, id);

    assertThat(failureOf(() -> update(plane.owner, Optional.of(Visibility.PUBLIC))))
        .isEqualTo(new TransientState(ResourceType.IMAGE, id.toString(), "deleting"));
  }

  private Image get(Caller caller, ImageId image) {
    return get.handle(caller, Catalogue.REGION, image);
  }

  private Image update(Caller caller, Optional<Visibility> visibility) {
    return update.handle(caller, new UpdateImage.Command(Catalogue.REGION, id, visibility));
  }

  private List<String> list(Caller caller, Optional<NamespaceId> in, String name) {
    return list
        .handle(
            caller,
            new ListImages.Query(
                Catalogue.REGION,
                Optional.empty(),
                Optional.empty(),
                in,
                NameFilter.of(name),
                ImageOrder.NAME_ASC,
                PageRequest.first()))
        .items()
        .stream()
        .map(image -> image.name().value())
        .toList();
  }
}
