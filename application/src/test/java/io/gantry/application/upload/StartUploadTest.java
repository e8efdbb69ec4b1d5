package io.gantry.application.upload;

import static io.gantry.application.repository.DataPlane.APP;
import static io.gantry.application.repository.DataPlane.LIMITS;
import static io.gantry.application.repository.DataPlane.REGION;
import static io.gantry.application.repository.DataPlane.digestOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.repository.DataPlane;
import io.gantry.application.upload.StartUpload.Mount;
import io.gantry.domain.InMemoryRegistry.InImage;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Keys;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.Scope;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageName;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.image.Visibility;
import io.gantry.domain.namespace.NamespaceId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class StartUploadTest {
  private final DataPlane plane = new DataPlane();
  private final Uploads uploads = new Uploads(plane);

  @Test
  void addsTheImageUnpublished() {
    var _ = uploads.start();
    ImageId image = plane.addImage("app");
    assertThat(plane.images.find(REGION, image)).isEmpty();
    assertThat(plane.usage().imageCount()).isZero();
  }

  @Test
  void opensSessionsOfTheirOwn() {
    assertThat(uploads.start()).isNotEqualTo(uploads.start());
    assertThat(plane.registry.images).hasSize(1);
  }

  @Nested
  final class Mounting {
    private static final RepositoryPath SOURCE = RepositoryPath.parse("demo/source");
    private static final RepositoryPath FOREIGN = RepositoryPath.parse("other/source");

    private final ImageId source = plane.addImage("source");
    private final Digest digest = plane.addBlob(source, "layer").digest();

    @Test
    void linksWhatTheCallerMayPull() {
      assertThat(mount(plane.owner, digest, SOURCE)).isEqualTo(new StartOutcome.Mounted(digest));
      assertThat(uploads.pulled(digest)).isEqualTo("layer");
      Instant leasedUntil = plane.registry.clock.instant().plus(LIMITS.lease());
      assertThat(plane.registry.links)
          .containsEntry(new InImage(plane.addImage("app"), digest), leasedUntil);
    }

    @Test
    void mountsAgainWhatIsThere() {
      var _ = mount(plane.owner, digest, SOURCE);
      assertThat(mount(plane.owner, digest, SOURCE)).isEqualTo(new StartOutcome.Mounted(digest));
      assertThat(mount(plane.owner, digest, APP)).isEqualTo(new StartOutcome.Mounted(digest));
    }

    @Test
    void goesByTheKeysOwnRightsAtTheSource() {
      Caller narrow =
          new Caller(
              plane.owner.principal(),
              Optional.of(Set.of(new Scope("demo/app", Set.of(Action.PULL, Action.PUSH)))));
      assertThat(mount(narrow, digest, SOURCE)).isEqualTo(new StartOutcome.Mounted(digest));
    }

    @Test
    void opensASessionForAnUnknownBlob() {
      assertStarted(mount(plane.owner, digestOf("unknown"), SOURCE));
    }

    @Test
    void opensASessionForAnUnknownSource() {
      assertStarted(mount(plane.owner, digest, RepositoryPath.parse("demo/unknown")));
      assertStarted(mount(plane.owner, digest, RepositoryPath.parse("unknown/app")));
    }

    @Test
    void opensASessionForASourceTheCallerMayNotPull() {
      Digest secret = foreignBlob(Visibility.PRIVATE);
      assertStarted(mount(plane.owner, secret, FOREIGN));
      assertThat(plane.links.find(plane.addImage("app"), secret)).isEmpty();
    }

    @Test
    void mountsFromAPublicSourceOfSomebodyElse() {
      Digest open = foreignBlob(Visibility.PUBLIC);
      assertThat(mount(plane.owner, open, FOREIGN)).isEqualTo(new StartOutcome.Mounted(open));
    }

    @Test
    void opensASessionForABlobThatOnlyAnotherImageHas() {
      Digest secret = foreignBlob(Visibility.PRIVATE);
      assertStarted(mount(plane.owner, secret, SOURCE));
    }

    @Test
    void findsTheSourceByItselfAmongTheCallersProjects() {
      assertThat(mount(plane.owner, new Mount(digest, Optional.empty())))
          .isEqualTo(new StartOutcome.Mounted(digest));
      assertThat(uploads.pulled(digest)).isEqualTo("layer");
    }

    @Test
    void findsNoSourceByItselfElsewhere() {
      Digest secret = foreignBlob(Visibility.PRIVATE);
      assertStarted(mount(plane.owner, new Mount(secret, Optional.empty())));
      assertStarted(mount(plane.owner, new Mount(digestOf("unknown"), Optional.empty())));
      assertThat(plane.links.find(plane.addImage("app"), secret)).isEmpty();
    }

    private Digest foreignBlob(Visibility visibility) {
      ProjectId project = Keys.aProject();
      NamespaceId namespace = plane.addNamespace("other", project);
      ImageId image =
          plane.unitOfWork.inTransaction(
              () ->
                  plane.images.findOrAdd(
                      namespace, new ImageName("source"), plane.registry.clock.instant()));
      plane.show(image, visibility);
      return plane.addBlob(image, "secret").digest();
    }

    private StartOutcome mount(Caller caller, Digest blob, RepositoryPath from) {
      return mount(caller, new Mount(blob, Optional.of(from)));
    }

    private StartOutcome mount(Caller caller, Mount mount) {
      return uploads.start.handle(caller, REGION, APP, Optional.of(mount), Optional.empty());
    }

    private static void assertStarted(StartOutcome outcome) {
      assertThat(outcome).isInstanceOf(StartOutcome.Started.class);
    }
  }
}
