package io.gantry.domain.namespace;

import static io.gantry.domain.Catalogue.REGION;
import static io.gantry.domain.Catalogue.START;
import static io.gantry.domain.Catalogue.aNamespace;
import static io.gantry.domain.Catalogue.aNamespaceName;
import static io.gantry.domain.Catalogue.aProject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.error.RegistryError.AlreadyExists;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.paging.PageRequest;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link NamespaceRepository} does. */
public abstract class NamespaceRepositoryContract extends NamespaceScene {
  private static final Region ELSEWHERE = new Region("nl-ams");

  @Nested
  class Add {
    @Test
    void keepsEveryField() {
      Namespace namespace =
          aNamespace(aProject(), aNamespaceName(), START).describe("Größe \u6f22 '", LATER);

      catalogue().add(namespace);

      assertThat(find(namespace)).contains(namespace);
    }

    @Test
    void refusesANameThatIsTaken() {
      Namespace first = catalogue().addNamespace();

      assertThatThrownBy(() -> catalogue().add(aNamespace(aProject(), first.name(), LATER)))
          .isInstanceOfSatisfying(
              RegistryException.class,
              e ->
                  assertThat(e.error())
                      .isEqualTo(
                          new AlreadyExists(
                              ResourceType.NAMESPACE, "", "names are unique within the region")));
    }

    @Test
    void acceptsTheNameOfOneThatIsBeingDeleted() {
      Namespace first = delete(catalogue().addNamespace());

      Namespace second = catalogue().add(aNamespace(aProject(), first.name(), LATER));

      assertThat(find(second)).contains(second);
      assertThat(find(first)).contains(first);
    }
  }

  @Nested
  class Find {
    @Test
    void findsNothingUnderAnUnknownId() {
      NamespaceId unknown = new NamespaceId(UUID.randomUUID());

      assertThat(catalogue().transaction(() -> namespaces().find(REGION, unknown))).isEmpty();
      assertThat(catalogue().transaction(() -> namespaces().findLocked(REGION, unknown))).isEmpty();
    }

    @Test
    void findsNothingInAnotherRegion() {
      Namespace namespace = catalogue().addNamespace();

      assertThat(catalogue().transaction(() -> namespaces().find(ELSEWHERE, namespace.id())))
          .isEmpty();
    }

    @Test
    void findsWithAndWithoutALockTheSame() {
      Namespace namespace = catalogue().addNamespace();

      assertThat(catalogue().transaction(() -> namespaces().findLocked(REGION, namespace.id())))
          .contains(namespace);
    }

    @Test
    void needsNoTransaction() {
      Namespace namespace = catalogue().addNamespace();

      catalogue()
          .withoutTransaction(
              () -> {
                assertThat(namespaces().find(REGION, namespace.id())).contains(namespace);
                assertThat(
                        namesOf(
                            namespaces()
                                .list(
                                    filter(namespace.project()),
                                    NamespaceOrder.NAME_ASC,
                                    PageRequest.first())))
                    .containsExactly(namespace.name());
              });
    }
  }

  @Nested
  class Update {
    @Test
    void storesWhatMayChange() {
      Namespace namespace = catalogue().addNamespace();
      Namespace changed = namespace.describe("new", LATER).makePublic(true, LATER);

      catalogue().run(() -> namespaces().update(changed));

      assertThat(find(namespace)).contains(changed);
    }

    @Test
    void isSeenLaterInTheSameTransaction() {
      Namespace namespace = catalogue().addNamespace();

      Optional<Namespace> seen =
          catalogue()
              .transaction(
                  () -> {
                    Namespace before =
                        namespaces().findLocked(REGION, namespace.id()).orElseThrow();
                    namespaces().update(before.describe("once", LATER));
                    namespaces().update(before.describe("twice", LATER));
                    return namespaces().find(REGION, namespace.id());
                  });

      assertThat(seen.map(Namespace::description)).contains("twice");
    }

    @Test
    void doesNotAddOneThatIsGone() {
      Namespace namespace = aNamespace(aProject(), aNamespaceName(), START);

      catalogue().run(() -> namespaces().update(namespace));

      assertThat(find(namespace)).isEmpty();
    }
  }

  @Nested
  class Holding {
    @Test
    void countsPublishedImagesAndTheirBytes() {
      Namespace namespace = catalogue().addNamespace();
      long bytes = 0;
      for (int i = 0; i < 40; i++) {
        ImageId image = catalogue().addImage(namespace, "app" + i);
        long size = 1L << i;
        catalogue().run(() -> catalogue().images().touch(image, size, START));
        bytes += size;
      }
      var _ = catalogue().addImage(namespace, "unpublished");

      assertThat(find(namespace).map(Namespace::usage))
          .contains(new Usage(new ByteSize(bytes), 40));
    }

    @Test
    void movesTheUpdateTimeWithEachPush() {
      Namespace namespace = catalogue().addNamespace();
      ImageId image = catalogue().publishImage(namespace, "app");

      catalogue().run(() -> catalogue().images().touch(image, 0, LATER));

      assertThat(find(namespace).map(Namespace::updatedAt)).contains(LATER);
    }

    @Test
    void keepsALaterChangeOfItsOwn() {
      Namespace namespace = catalogue().addNamespace();
      var _ = catalogue().publishImage(namespace, "app");

      catalogue().run(() -> namespaces().update(namespace.makePublic(true, LATER)));

      assertThat(find(namespace).map(Namespace::updatedAt)).contains(LATER);
    }

    @Test
    void isTheSameInAList() {
      Namespace namespace = catalogue().addNamespace();
      ImageId image = catalogue().publishImage(namespace, "app");
      catalogue().run(() -> catalogue().images().touch(image, 7, LATER));

      assertThat(list(filter(namespace.project()), NamespaceOrder.NAME_ASC).items())
          .containsExactly(find(namespace).orElseThrow());
    }
  }

  @Nested
  class Removal {
    @Test
    void claimsWhatIsBeingDeletedUntilItIsRemoved() {
      Namespace namespace = delete(catalogue().addNamespace());

      removeAllDeleting();

      assertThat(find(namespace)).isEmpty();
    }

    @Test
    void claimsNothingThatIsUsable() {
      Namespace namespace = catalogue().addNamespace();

      removeAllDeleting();

      assertThat(find(namespace)).isPresent();
    }

    @Test
    void removesTwiceLikeOnce() {
      Namespace namespace = delete(catalogue().addNamespace());

      catalogue().run(() -> namespaces().remove(namespace.id()));
      catalogue().run(() -> namespaces().remove(namespace.id()));

      assertThat(find(namespace)).isEmpty();
    }

    @Test
    void removesOneWhoseImagesAreGone() {
      Namespace namespace = catalogue().addNamespace();
      ImageId image = catalogue().publishImage(namespace, "app");
      var _ = delete(namespace);
      catalogue().run(() -> catalogue().images().deleteAll(namespace.id(), LATER));
      assertThat(catalogue().transaction(() -> catalogue().images().purge(image, 10))).isTrue();

      removeAllDeleting();

      assertThat(find(namespace)).isEmpty();
    }

    private void removeAllDeleting() {
      for (int i = 0; i < 1000; i++) {
        boolean claimed =
            catalogue()
                .transaction(
                    () -> {
                      Optional<NamespaceId> claim = namespaces().claimDeleting();
                      claim
                          .filter(id -> !catalogue().images().anyIn(id))
                          .ifPresent(namespaces()::remove);
                      return claim.filter(id -> !catalogue().images().anyIn(id)).isPresent();
                    });
        if (!claimed) return;
      }
      throw new AssertionError("there is always something to remove");
    }
  }

  private Optional<Namespace> find(Namespace namespace) {
    return catalogue().transaction(() -> namespaces().find(REGION, namespace.id()));
  }
}
