package io.gantry.application.namespace;

import static io.gantry.application.ControlPlane.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.ControlPlane;
import io.gantry.domain.Catalogue;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.PermissionDenied;
import io.gantry.domain.error.RegistryError.TransientState;
import io.gantry.domain.error.RegistryError.Unauthenticated;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.namespace.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Reading, changing and deleting one namespace. */
final class ChangeNamespaceTest {
  private static final Duration LATER = Duration.ofSeconds(1);

  private final ControlPlane plane = new ControlPlane();
  private final Namespace namespace = plane.addNamespace(plane.project, "demo");
  private final GetNamespace get =
      new GetNamespace(plane.access, plane.catalogue.namespaces(), plane.catalogue.unitOfWork());
  private final UpdateNamespace update =
      new UpdateNamespace(
          plane.access, plane.catalogue.namespaces(), plane.catalogue.unitOfWork(), plane.clock);
  private final DeleteNamespace delete =
      new DeleteNamespace(
          plane.access,
          plane.catalogue.namespaces(),
          plane.catalogue.images(),
          plane.catalogue.unitOfWork(),
          plane.clock,
          plane::wakePurger);

  @Nested
  final class Access {
    @Test
    void readersGetIt() {
      assertThat(get(plane.reader, namespace.id())).isEqualTo(namespace);
    }

    @Test
    void readersMayNotChangeOrDeleteIt() {
      RegistryError denied =
          new PermissionDenied(
              "write",
              ResourceType.NAMESPACE,
              "this API key has no permission for it in the owning project");

      assertThat(failureOf(() -> update(plane.reader, "new", false))).isEqualTo(denied);
      assertThat(failureOf(() -> delete(plane.reader))).isEqualTo(denied);
    }

    @Test
    void strangersAreToldWhatTheyAreToldOfNothing() {
      NotFound absent = new NotFound(ResourceType.NAMESPACE, namespace.id().toString());

      assertThat(failureOf(() -> get(plane.stranger, namespace.id()))).isEqualTo(absent);
      assertThat(failureOf(() -> update(plane.stranger, "new", false))).isEqualTo(absent);
      assertThat(failureOf(() -> delete(plane.stranger))).isEqualTo(absent);
      NamespaceId nothing = new NamespaceId(UUID.randomUUID());
      assertThat(failureOf(() -> get(plane.stranger, nothing)))
          .isEqualTo(new NotFound(ResourceType.NAMESPACE, nothing.toString()));
    }

    @Test
    void anonymousCallersAreAskedWhoTheyAre() {
      assertThat(failureOf(() -> get(Caller.ANONYMOUS, namespace.id())))
          .isEqualTo(failureOf(() -> get(Caller.ANONYMOUS, new NamespaceId(UUID.randomUUID()))))
          .isInstanceOf(Unauthenticated.class);
    }

    @Test
    void otherRegionsDoNotHaveIt() {
      assertThat(failureOf(() -> get.handle(plane.owner, new Region("nl-ams"), namespace.id())))
          .isInstanceOf(NotFound.class);
    }
  }

  @Nested
  final class Update {
    @Test
    void changesWhatIsPresent() {
      plane.clock.advance(LATER);

      Namespace changed = update(plane.owner, "new", true);

      assertThat(changed.description()).isEqualTo("new");
      assertThat(changed.isPublic()).isTrue();
      assertThat(changed.createdAt()).isEqualTo(namespace.createdAt());
      assertThat(changed.updatedAt()).isEqualTo(namespace.createdAt().plus(LATER));
      assertThat(get(plane.owner, namespace.id())).isEqualTo(changed);
    }

    @Test
    void movesTheUpdateTimeAlsoWithoutADifference() {
      plane.clock.advance(LATER);

      assertThat(update(plane.owner, "", false).updatedAt()).isAfter(namespace.updatedAt());
    }

    @Test
    void leavesEverythingAsItIsIfNothingIsPresent() {
      plane.clock.advance(LATER);

      assertThat(update.handle(plane.owner, change(Optional.empty(), Optional.empty())))
          .isEqualTo(namespace);
    }

    @Test
    void isRefusedWhileTheNamespaceIsDeleted() {
      var _ = delete(plane.owner);

      assertThat(failureOf(() -> update(plane.owner, "new", true)))
          .isEqualTo(
              new TransientState(ResourceType.NAMESPACE, namespace.id().toString(), "deleting"));
    }
  }

  @Nested
  final class Delete {
    @Test
    void hidesTheNamespaceAndItsImagesAndWakesThePurger() {
      ImageId image = plane.catalogue.publishImage(namespace, "app");
      plane.clock.advance(LATER);

      Namespace deleted = delete(plane.owner);

      assertThat(deleted.status()).isEqualTo(Status.DELETING);
      assertThat(deleted.usage().imageCount()).isEqualTo(1);
      assertThat(get(plane.owner, namespace.id()).status()).isEqualTo(Status.DELETING);
      assertThat(plane.catalogue.image(image).status()).isEqualTo(Status.DELETING);
      assertThat(plane.wakeUps).isEqualTo(1);
    }

    @Test
    void canBeRepeatedAndMovesTheUpdateTime() {
      Namespace once = delete(plane.owner);
      plane.clock.advance(LATER);

      Namespace twice = delete(plane.owner);

      assertThat(twice.status()).isEqualTo(Status.DELETING);
      assertThat(twice.updatedAt()).isEqualTo(once.updatedAt().plus(LATER));
    }

    @Test
    void doesNotWakeThePurgerWhenRefused() {
      var _ = failureOf(() -> delete(plane.stranger));

      assertThat(plane.wakeUps).isZero();
    }
  }

  private Namespace get(Caller caller, NamespaceId id) {
    return get.handle(caller, Catalogue.REGION, id);
  }

  private Namespace update(Caller caller, String description, boolean isPublic) {
    return update.handle(caller, change(Optional.of(description), Optional.of(isPublic)));
  }

  private UpdateNamespace.Command change(Optional<String> description, Optional<Boolean> isPublic) {
    return new UpdateNamespace.Command(Catalogue.REGION, namespace.id(), description, isPublic);
  }

  private Namespace delete(Caller caller) {
    return delete.handle(caller, Catalogue.REGION, namespace.id());
  }
}
