package io.gantry.domain.link;

import static io.gantry.domain.link.Contents.blobOf;
import static io.gantry.domain.link.Contents.digestOf;
import static io.gantry.domain.link.StoredContent.REGION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.gantry.domain.BlobScene;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.PreconditionFailed;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.namespace.Region;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link BlobLinks} does. */
public abstract class BlobLinksContract extends BlobScene {
  private static final Duration LEASE = Duration.ofHours(1);
  private static final Blob BLOB = blobOf("content");

  @Test
  void findsABlobThatWasAdded() {
    ImageId image = content().anImage();

    assertThat(add(image, BLOB)).isEqualTo(BLOB);
    assertThat(find(image, BLOB.digest())).contains(BLOB);
  }

  @Test
  void findsNothingUnderAnUnknownDigest() {
    assertThat(find(content().anImage(), digestOf("never added"))).isEmpty();
  }

  @Test
  void doesNotFindTheBlobOfAnotherImage() {
    ImageId other = content().anImage();
    add(content().anImage(), BLOB);

    assertThat(find(other, BLOB.digest())).isEmpty();
    assertThat(findAndLease(other, BLOB.digest())).isEmpty();
  }

  @Test
  void keepsABlobOfNoBytes() {
    ImageId image = content().anImage();
    Blob empty = blobOf("");

    add(image, empty);

    assertThat(find(image, empty.digest())).contains(empty);
  }

  @Test
  void secondBlobWithTheDigestYieldsToTheFirst() {
    ImageId first = content().anImage();
    ImageId second = content().anImage();
    Blob again = blobOf("content");
    add(first, BLOB);

    assertThat(add(second, again)).isEqualTo(BLOB);
    assertThat(find(second, BLOB.digest())).contains(BLOB);
    assertThat(content().tombstones()).containsExactly(again.key());
  }

  @Test
  void addingTheSameBlobAgainBuriesNothing() {
    ImageId image = content().anImage();
    add(image, BLOB);

    assertThat(add(image, BLOB)).isEqualTo(BLOB);
    assertThat(content().tombstones()).isEmpty();
  }

  @Test
  void refusesToAddToAnImageThatIsNotThere() {
    ImageId gone = new ImageId(UUID.randomUUID());

    assertThatThrownBy(() -> add(gone, BLOB))
        .asInstanceOf(type(RegistryException.class))
        .extracting(RegistryException::error)
        .isInstanceOf(NotFound.class);
    assertThat(content().hasBlob(BLOB.digest())).isFalse();
  }

  @Test
  void addingLeasesTheLink() {
    ImageId image = content().anImage();
    add(image, BLOB);

    content().letTimePass(LEASE.minusMinutes(1));
    assertThat(content().isLeased(image, BLOB.digest())).isTrue();
    content().letTimePass(Duration.ofMinutes(2));
    assertThat(content().isLeased(image, BLOB.digest())).isFalse();
  }

  @Test
  void aShorterLeaseDoesNotShortenALongerOne() {
    ImageId image = content().anImage();
    add(image, BLOB);

    inTransaction(() -> links().add(image, BLOB, Duration.ofMinutes(1)));
    inTransaction(() -> links().mount(image, image, BLOB.digest(), Duration.ofMinutes(1)));
    inTransaction(() -> links().findAndLease(image, BLOB.digest(), Duration.ofMinutes(1)));

    content().letTimePass(LEASE.minusMinutes(1));
    assertThat(content().isLeased(image, BLOB.digest())).isTrue();
  }

  @Test
  void findingWithALeaseKeepsTheLinkForHalfOfItAtLeast() {
    ImageId image = content().anImage();
    add(image, BLOB);

    content().letTimePass(Duration.ofMinutes(29));
    assertThat(findAndLease(image, BLOB.digest())).contains(BLOB);
    content().letTimePass(Duration.ofMinutes(29));
    assertThat(content().isLeased(image, BLOB.digest())).isTrue();
  }

  @Test
  void findingWithALeaseRenewsOneThatIsOver() {
    ImageId image = content().anImage();
    add(image, BLOB);
    content().letTimePass(LEASE.plusDays(1));

    assertThat(findAndLease(image, BLOB.digest())).contains(BLOB);

    content().letTimePass(LEASE.minusMinutes(1));
    assertThat(content().isLeased(image, BLOB.digest())).isTrue();
  }

  @Test
  void mountingLinksTheBlobOfAnotherImage() {
    ImageId source = content().anImage();
    ImageId target = content().anImage();
    add(source, BLOB);

    assertThat(mount(target, source, BLOB.digest())).isTrue();
    assertThat(find(target, BLOB.digest())).contains(BLOB);
    assertThat(content().isLeased(target, BLOB.digest())).isTrue();
  }

  @Test
  void mountingWhatIsThereRenewsItsLease() {
    ImageId source = content().anImage();
    ImageId target = content().anImage();
    add(source, BLOB);
    mount(target, source, BLOB.digest());
    content().letTimePass(LEASE.plusMinutes(1));

    assertThat(mount(target, source, BLOB.digest())).isTrue();
    assertThat(content().isLeased(target, BLOB.digest())).isTrue();
  }

  @Test
  void cannotMountWhatTheSourceDoesNotHave() {
    ImageId source = content().anImage();
    ImageId target = content().anImage();
    add(content().anImage(), BLOB);

    assertThat(mount(target, source, BLOB.digest())).isFalse();
    assertThat(find(target, BLOB.digest())).isEmpty();
  }

  @Test
  void mountsFromAnyImageOfTheProjects() {
    ImageId source = content().anImage();
    ImageId target = content().anImage();
    add(source, BLOB);

    assertThat(mountFromAny(target, REGION, source, target)).isTrue();
    assertThat(find(target, BLOB.digest())).contains(BLOB);
    assertThat(content().isLeased(target, BLOB.digest())).isTrue();
  }

  @Test
  void mountsFromWhatWasItselfMounted() {
    ImageId source = content().anImage();
    ImageId between = content().anImage();
    ImageId target = content().anImage();
    add(source, BLOB);
    mount(between, source, BLOB.digest());

    assertThat(mountFromAny(target, REGION, between)).isTrue();
  }

  @Test
  void doesNotMountWhatOnlyOtherProjectsHave() {
    ImageId source = content().anImage();
    ImageId target = content().anImage();
    add(source, BLOB);

    assertThat(mountFromAny(target, REGION, target)).isFalse();
    assertThat(mountFromAny(target, REGION)).isFalse();
    assertThat(find(target, BLOB.digest())).isEmpty();
  }

  @Test
  void doesNotMountFromAnotherRegionNorFromWhatIsBeingDeleted() {
    ImageId source = content().anImage();
    ImageId target = content().anImage();
    add(source, BLOB);

    assertThat(mountFromAny(target, new Region("nl-ams"), source)).isFalse();
    content().deleteNamespaceOf(source);
    assertThat(mountFromAny(target, REGION, source)).isFalse();
  }

  @Test
  void removingEndsTheLinkButNotTheBlob() {
    ImageId image = content().anImage();
    ImageId other = content().anImage();
    add(image, BLOB);
    add(other, BLOB);

    assertThat(remove(image, BLOB.digest())).isTrue();
    assertThat(find(image, BLOB.digest())).isEmpty();
    assertThat(find(other, BLOB.digest())).contains(BLOB);
  }

  @Test
  void removingWhatIsNotThereSaysSo() {
    assertThat(remove(content().anImage(), BLOB.digest())).isFalse();
  }

  @Test
  void refusesToRemoveWhatAManifestRefersTo() {
    ImageId image = content().anImage();
    add(image, BLOB);
    content().refer(image, BLOB.digest());

    assertThatThrownBy(() -> remove(image, BLOB.digest()))
        .asInstanceOf(type(RegistryException.class))
        .extracting(RegistryException::error)
        .isInstanceOf(PreconditionFailed.class);
    assertThat(find(image, BLOB.digest())).contains(BLOB);
  }

  private Optional<Blob> find(ImageId image, Digest digest) {
    return inTransaction(() -> links().find(image, digest));
  }

  private Optional<Blob> findAndLease(ImageId image, Digest digest) {
    return inTransaction(() -> links().findAndLease(image, digest, LEASE));
  }

  private Blob add(ImageId image, Blob blob) {
    return inTransaction(() -> links().add(image, blob, LEASE));
  }

  private boolean mount(ImageId target, ImageId source, Digest digest) {
    return inTransaction(() -> links().mount(target, source, digest, LEASE));
  }

  private boolean mountFromAny(ImageId target, Region region, ImageId... projectsOf) {
    Set<ProjectId> projects =
        Stream.of(projectsOf).map(content()::projectOf).collect(Collectors.toSet());
    return inTransaction(
        () -> links().mountFromAny(target, BLOB.digest(), region, projects, LEASE));
  }

  private boolean remove(ImageId image, Digest digest) {
    return inTransaction(() -> links().remove(image, digest));
  }
}
