package io.gantry.application.manifest;

import static io.gantry.application.repository.DataPlane.APP;
import static io.gantry.application.repository.DataPlane.REGION;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.repository.DataPlane;
import io.gantry.domain.access.Caller;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.tag.Reference;
import io.gantry.domain.tag.TagName;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pulls that come while another one is being looked up. */
@Timeout(60)
final class PullManifestTest {
  private static final int LARGE = 100_000;
  private static final int MANY = 1000;

  private final DataPlane plane = new DataPlane();
  private final HeldPulls pulls = new HeldPulls(plane.pulls);
  private final PullManifest pull = new PullManifest(plane.repositories, pulls, plane.unitOfWork);

  @BeforeEach
  void pushSomething() {
    var _ = plane.addImage("app");
    plane.push(aManifest().build(), "first");
  }

  @Test
  void shareWhatIsFoundButNotWhoMaySeeIt() throws Exception {
    Digest digest = plane.push(aManifest().build(), "popular");
    FutureTask<Digest> first = begin(plane.owner, "first");
    FutureTask<Digest> reader = begin(plane.reader, "popular");
    FutureTask<Digest> stranger = begin(plane.stranger, "popular");
    FutureTask<Digest> owner = begin(plane.owner, "popular");
    FutureTask<Digest> absent = begin(plane.owner, "absent");
    letOneGoAndThenAll("2 popular absent");

    assertThat(first.get()).isNotNull();
    assertThat(reader.get()).isEqualTo(digest);
    assertThat(owner.get()).isEqualTo(digest);
    assertThat(failureOf(stranger))
        .isEqualTo(new NotFound(ResourceType.REPOSITORY, APP.toString()));
    assertThat(failureOf(absent)).isEqualTo(new NotFound(ResourceType.MANIFEST, "absent"));
    assertThat(pulls.calls()).endsWith("2 popular absent").hasSize(2);
  }

  @Test
  void readALargeOneInCompanyForItself() throws Exception {
    Digest large = plane.push(aManifest().sized(LARGE).build(), "large");
    Digest small = plane.push(aManifest().build(), "small");
    FutureTask<Digest> first = begin(plane.owner, "first");
    FutureTask<Digest> one = begin(plane.reader, "large");
    FutureTask<Digest> other = begin(plane.reader, "small");
    letOneGoAndThenAll("2 large small");

    assertThat(first.get()).isNotNull();
    assertThat(one.get()).isEqualTo(large);
    assertThat(other.get()).isEqualTo(small);
    assertThat(pulls.calls()).endsWith("2 large small", "1 large").hasSize(3);
  }

  @Test
  void readALargeOneWithoutCompanyAtOnce() {
    Digest large = plane.push(aManifest().sized(LARGE).build(), "large");
    pulls.letGo(1);

    assertThat(digest(plane.reader, "large")).isEqualTo(large);
    assertThat(pulls.calls()).containsExactly("1 large");
  }

  /** So all who wait are in the group that follows the one, and in no other. */
  private void letOneGoAndThenAll(String following) {
    pulls.letGo(1);
    while (!pulls.calls().contains(following)) Thread.onSpinWait();
    pulls.letGo(MANY);
  }

  /** Returns when the request waits for the group before it, or is held in it. */
  private FutureTask<Digest> begin(Caller caller, String tag) {
    FutureTask<Digest> request = new FutureTask<>(() -> digest(caller, tag));
    Thread thread = Thread.ofPlatform().daemon().start(request);
    while (thread.getState() != Thread.State.WAITING) Thread.onSpinWait();
    return request;
  }

  private Digest digest(Caller caller, String tag) {
    return pull.handle(caller, REGION, APP, new Reference.ByTag(new TagName(tag))).digest();
  }

  private static RegistryError failureOf(FutureTask<Digest> request) {
    return DataPlane.failureOf(
        () -> {
          try {
            var _ = request.get();
          } catch (ExecutionException e) {
            throw e.getCause();
          }
        });
  }
}
