package io.gantry.application.repository;

import static io.gantry.application.repository.DataPlane.APP;
import static io.gantry.application.repository.DataPlane.REGION;
import static io.gantry.application.repository.DataPlane.failureOf;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Scope;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.Unauthenticated;
import io.gantry.domain.error.RegistryError.Unauthenticated.Cause;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.image.Visibility;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.pull.ReferrerPage;
import io.gantry.domain.pull.ReferrerQuery;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who sees referrers, and of what. */
final class ListReferrersTest {
  private static final RepositoryPath NO_IMAGE = RepositoryPath.parse("demo/none");
  private static final RepositoryPath NO_NAMESPACE = RepositoryPath.parse("none/app");

  private final DataPlane plane = new DataPlane();
  private final ImageId app = plane.addImage("app");
  private final Manifest subject = aManifest().build();

  @Test
  void listsThoseOfTheImage() {
    Digest referrer = plane.push(aManifest().subject(subject).build());

    assertThat(list(plane.reader, APP).referrers())
        .extracting(one -> one.manifest().digest())
        .containsExactly(referrer);
  }

  @Test
  void listsNoneOfAnImageThatIsNotThere() {
    assertThat(list(plane.reader, NO_IMAGE)).isEqualTo(new ReferrerPage(List.of(), false));
  }

  @Test
  void saysTheSameOfWhatIsAbsentAndWhatIsHidden() {
    for (RepositoryPath path : List.of(APP, NO_IMAGE, NO_NAMESPACE)) {
      assertThat(failureOf(() -> list(plane.stranger, path))).isEqualTo(absent(path));
      assertThat(failureOf(() -> list(Caller.ANONYMOUS, path)))
          .isEqualTo(new Unauthenticated(Cause.MISSING));
    }
    assertThat(failureOf(() -> list(plane.owner, NO_NAMESPACE))).isEqualTo(absent(NO_NAMESPACE));
  }

  @Test
  void hidesWhatAnImageKeepsPrivateInAPublicNamespace() {
    plane.makeDemoPublic();
    plane.show(app, Visibility.PRIVATE);

    assertThat(failureOf(() -> list(plane.stranger, APP))).isEqualTo(absent(APP));
    assertThat(failureOf(() -> list(plane.stranger, NO_IMAGE))).isEqualTo(absent(NO_IMAGE));
  }

  @Test
  void asksForATokenOfThisRepository() {
    Caller elsewhere =
        new Caller(
            plane.owner.principal(),
            Optional.of(Set.of(new Scope("demo/other", Set.of(Action.PULL)))));

    assertThat(failureOf(() -> list(elsewhere, APP)))
        .isEqualTo(new Unauthenticated(Cause.INSUFFICIENT_SCOPE));
  }

  private ReferrerPage list(Caller caller, RepositoryPath path) {
    return plane.listReferrers.handle(
        caller,
        REGION,
        path,
        new ReferrerQuery(subject.digest(), Optional.empty(), Optional.empty(), 10, 1000));
  }

  private static NotFound absent(RepositoryPath path) {
    return new NotFound(ResourceType.REPOSITORY, path.toString());
  }
}
