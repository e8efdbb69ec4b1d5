package io.gantry.application.blob;

import static io.gantry.application.repository.DataPlane.APP;
import static io.gantry.application.repository.DataPlane.LIMITS;
import static io.gantry.application.repository.DataPlane.REGION;
import static io.gantry.application.repository.DataPlane.digestOf;
import static io.gantry.application.repository.DataPlane.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.repository.DataPlane;
import io.gantry.domain.InMemoryRegistry.InImage;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Scope;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PullBlobTest {
  private final DataPlane plane = new DataPlane();
  private final ImageId app = plane.addImage("app");
  private final Blob blob = plane.addBlob(app, "layer");
  private final Instant firstLease = leasedUntil();

  @Test
  void findsABlobAndItsContent() {
    assertThat(pull(plane.reader)).isEqualTo(blob);
    assertThat(plane.pullBlob.content(blob)).isNotNull();
  }

  @Test
  void promisesItToWhoeverMayPush() {
    plane.registry.clock.advance(LIMITS.lease());
    var _ = pull(plane.owner);
    assertThat(leasedUntil()).isEqualTo(plane.registry.clock.instant().plus(LIMITS.lease()));
  }

  @Test
  void promisesNothingToReaders() {
    plane.registry.clock.advance(LIMITS.lease());
    var _ = pull(plane.reader);
    plane.makeDemoPublic();
    var _ = pull(Caller.ANONYMOUS);
    assertThat(leasedUntil()).isEqualTo(firstLease);
  }

  @Test
  void promisesNothingToATokenThatIsOnlyForPulling() {
    plane.registry.clock.advance(LIMITS.lease());
    Scope pulling = new Scope("demo/app", Set.of(Action.PULL));
    var _ = pull(new Caller(plane.owner.principal(), Optional.of(Set.of(pulling))));
    assertThat(leasedUntil()).isEqualTo(firstLease);
  }

  @Test
  void findsNoBlobThatOnlyAnotherImageHas() {
    Blob elsewhere = plane.addBlob(plane.addImage("other"), "elsewhere");
    assertThat(failureOf(() -> plane.pullBlob.handle(plane.owner, REGION, APP, elsewhere.digest())))
        .isEqualTo(new NotFound(ResourceType.BLOB, elsewhere.digest().toString()));
    assertThat(
            failureOf(() -> plane.pullBlob.handle(plane.owner, REGION, APP, digestOf("nowhere"))))
        .isEqualTo(new NotFound(ResourceType.BLOB, digestOf("nowhere").toString()));
  }

  @Test
  void findsNoContentThatTheStoreHasLost() {
    plane.store.delete(blob.key());
    assertThat(failureOf(() -> plane.pullBlob.content(blob)))
        .isEqualTo(new NotFound(ResourceType.BLOB, blob.digest().toString()));
  }

  private Blob pull(Caller caller) {
    return plane.pullBlob.handle(caller, REGION, APP, blob.digest());
  }

  private Instant leasedUntil() {
    return Optional.ofNullable(plane.registry.links.get(new InImage(app, blob.digest())))
        .orElseThrow();
  }
}
