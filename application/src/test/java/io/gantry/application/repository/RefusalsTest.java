package io.gantry.application.repository;

import static io.gantry.application.repository.DataPlane.REGION;
import static io.gantry.application.repository.DataPlane.digestOf;
import static io.gantry.application.repository.DataPlane.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Scope;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.PermissionDenied;
import io.gantry.domain.error.RegistryError.Unauthenticated;
import io.gantry.domain.error.RegistryError.Unauthenticated.Cause;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.image.Visibility;
import io.gantry.domain.manifest.ManifestBuilder;
import io.gantry.domain.tag.Reference;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every use case of the data plane asks the same policy, and tells nobody what they may not see.
 */
final class RefusalsTest {
  private static final RepositoryPath APP = DataPlane.APP;
  private static final RepositoryPath ABSENT = RepositoryPath.parse("none/app");

  private final DataPlane plane = new DataPlane();
  private final ImageId app = plane.addImage("app");
  private final Blob layer = plane.addBlob(app, "layer");

  RefusalsTest() {
    plane.push(ManifestBuilder.aManifest().layers(layer).build(), "latest");
  }

  enum Pull {
    BLOB,
    MANIFEST,
    TAGS
  }

  enum Push {
    MANIFEST,
    DELETE_TAG,
    DELETE_BLOB
  }

  @ParameterizedTest
  @EnumSource
  void letsOnlyReadersPullWhatIsPrivate(Pull what) {
    pull(plane.owner, APP, what);
    pull(plane.reader, APP, what);
    assertThat(failureOf(() -> pull(plane.stranger, APP, what))).isEqualTo(absent(APP));
    assertThat(failureOf(() -> pull(Caller.ANONYMOUS, APP, what)))
        .isEqualTo(new Unauthenticated(Cause.MISSING));
  }

  @ParameterizedTest
  @EnumSource
  void letsAnyonePullWhatIsPublic(Pull what) {
    plane.makeDemoPublic();
    pull(plane.stranger, APP, what);
    pull(Caller.ANONYMOUS, APP, what);
    plane.show(app, Visibility.PRIVATE);
    assertThat(failureOf(() -> pull(plane.stranger, APP, what))).isEqualTo(absent(APP));
  }

  @ParameterizedTest
  @EnumSource
  void letsAnyonePullAPublicImageOfAPrivateNamespace(Pull what) {
    plane.show(app, Visibility.PUBLIC);
    pull(plane.stranger, APP, what);
    pull(Caller.ANONYMOUS, APP, what);
  }

  @ParameterizedTest
  @EnumSource
  void saysTheSameOfWhatIsAbsentAndWhatIsHidden(Pull what) {
    assertThat(failureOf(() -> pull(plane.stranger, ABSENT, what))).isEqualTo(absent(ABSENT));
    assertThat(failureOf(() -> pull(Caller.ANONYMOUS, ABSENT, what)))
        .isEqualTo(new Unauthenticated(Cause.MISSING));
    assertThat(failureOf(() -> pull(plane.owner, ABSENT, what))).isEqualTo(absent(ABSENT));
    RepositoryPath noImage = RepositoryPath.parse("demo/none");
    assertThat(failureOf(() -> pull(plane.owner, noImage, what))).isEqualTo(absent(noImage));
  }

  @ParameterizedTest
  @EnumSource
  void letsOnlyWritersChange(Push what) {
    assertThat(failureOf(() -> push(plane.reader, what))).isInstanceOf(PermissionDenied.class);
    assertThat(failureOf(() -> push(plane.stranger, what))).isEqualTo(absent(APP));
    assertThat(failureOf(() -> push(Caller.ANONYMOUS, what)))
        .isEqualTo(new Unauthenticated(Cause.MISSING));
    plane.makeDemoPublic();
    assertThat(failureOf(() -> push(plane.stranger, what))).isInstanceOf(PermissionDenied.class);
    assertThat(failureOf(() -> push(Caller.ANONYMOUS, what)))
        .isEqualTo(new Unauthenticated(Cause.MISSING));
  }

  @ParameterizedTest
  @EnumSource
  void letsATokenDoOnlyWhatItIsFor(Push what) {
    Caller pulling = ownerWith("demo/app", Action.PULL);
    assertThat(failureOf(() -> push(pulling, what)))
        .isEqualTo(new Unauthenticated(Cause.INSUFFICIENT_SCOPE));
    pull(pulling, APP, Pull.BLOB);
    Caller elsewhere = ownerWith("demo/other", Action.PULL, Action.PUSH, Action.DELETE);
    assertThat(failureOf(() -> push(elsewhere, what)))
        .isEqualTo(new Unauthenticated(Cause.INSUFFICIENT_SCOPE));
    assertThat(failureOf(() -> pull(elsewhere, APP, Pull.BLOB)))
        .isEqualTo(new Unauthenticated(Cause.INSUFFICIENT_SCOPE));
  }

  @Test
  void letsATokenWithoutTheScopePullWhatIsPublic() {
    plane.makeDemoPublic();
    assertThatNoException()
        .isThrownBy(() -> pull(ownerWith("demo/other", Action.PULL), APP, Pull.BLOB));
  }

  private Caller ownerWith(String repository, Action... actions) {
    return new Caller(
        plane.owner.principal(), Optional.of(Set.of(new Scope(repository, Set.of(actions)))));
  }

  private void pull(Caller caller, RepositoryPath path, Pull what) {
    var _ =
        switch (what) {
          case BLOB -> plane.pullBlob.handle(caller, REGION, path, digestOf("layer"));
          case MANIFEST ->
              plane.pullManifest.handle(caller, REGION, path, Reference.parse("latest"));
          case TAGS -> plane.listTagNames.handle(caller, REGION, path, Optional.empty(), 10);
        };
  }

  private void push(Caller caller, Push what) {
    switch (what) {
      case MANIFEST ->
          plane.putManifest.handle(
              caller, REGION, APP, ManifestBuilder.anIndex().build(), Set.of());
      case DELETE_TAG ->
          plane.deleteManifest.handle(caller, REGION, APP, Reference.parse("latest"));
      case DELETE_BLOB -> plane.deleteBlob.handle(caller, REGION, APP, layer.digest());
    }
  }

  private static NotFound absent(RepositoryPath path) {
    return new NotFound(ResourceType.REPOSITORY, path.toString());
  }
}
