package io.gantry.application.tag;

import static io.gantry.application.ControlPlane.failureOf;
import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.application.ControlPlane;
import io.gantry.application.access.NameFilter;
import io.gantry.application.tag.DeleteTag.Siblings;
import io.gantry.domain.Catalogue;
import io.gantry.domain.access.Caller;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.PermissionDenied;
import io.gantry.domain.error.RegistryError.PreconditionFailed;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.Reachability;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.paging.PageRequest;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagId;
import io.gantry.domain.tag.TagName;
import io.gantry.domain.tag.TagOrder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Listing, reading and deleting tags. */
final class TagUseCasesTest {
  private final ControlPlane plane = new ControlPlane();
  private final Catalogue catalogue = plane.catalogue;
  private final Namespace namespace = plane.addNamespace(plane.project, "demo");
  private final ImageId image = catalogue.addImage(namespace, "app");
  private final Blob small = catalogue.addBlob(image, 10);
  private final Blob large = catalogue.addBlob(image, 1000);
  private final Manifest first = aManifest().layers(small).build();
  private final Manifest second = aManifest().layers(small, large).build();

  private final ListTags list =
      new ListTags(plane.access, catalogue.images(), catalogue.tags(), catalogue.unitOfWork());
  private final GetTag get = new GetTag(plane.access, catalogue.tags(), catalogue.unitOfWork());
  private final DeleteTag delete =
      new DeleteTag(
          plane.access,
          catalogue.images(),
          catalogue.tags(),
          new Reachability(catalogue.graph()),
          catalogue.unitOfWork(),
          plane.clock);

  @Test
  void listsTheTagsOfAnImage() {
    var _ = catalogue.push(image, first, "v1");
    var _ = catalogue.push(image, second, "v2");

    assertThat(list(plane.reader, "")).containsExactly("v1", "v2");
    assertThat(list(plane.reader, "v2")).containsExactly("v2");
    assertThat(list(plane.reader, "v3")).isEmpty();
    assertThat(list(plane.reader, "-no tag-")).isEmpty();
    assertThat(failureOf(() -> list(plane.stranger, "")))
        .isEqualTo(new NotFound(ResourceType.IMAGE, image.toString()));
  }

  @Test
  void listsNoTagsOfAnImageThatIsBeingDeleted() {
    var _ = catalogue.push(image, first, "v1");
    catalogue.run(() -> catalogue.images().deleteAll(namespace.id(), Catalogue.START));

    assertThat(list(plane.owner, "")).isEmpty();
  }

  @Test
  void getsATagForThoseWhoMayReadIt() {
    var _ = catalogue.push(image, first, "v1");
    Tag tag = tag("v1");

    assertThat(get(plane.reader, tag.id())).isEqualTo(tag);
    assertThat(failureOf(() -> get(plane.stranger, tag.id())))
        .isEqualTo(new NotFound(ResourceType.TAG, tag.id().toString()));
  }

  @Test
  void deletesATagAtOnceWithTheSizeOfWhatOnlyItReached() {
    var _ = catalogue.push(image, first, "v1");
    var _ = catalogue.push(image, second, "v2");
    Tag tag = tag("v2");
    plane.clock.advance(Duration.ofDays(1));

    Tag deleted = delete(plane.owner, tag.id(), Siblings.REFUSE);

    assertThat(deleted)
        .isEqualTo(
            new Tag(
                tag.id(), image, tag.name(), tag.digest(), tag.createdAt(), plane.clock.instant()));
    assertThat(failureOf(() -> get(plane.owner, tag.id()))).isInstanceOf(NotFound.class);
    assertThat(catalogue.sizeOf(image)).isEqualTo(10);
    assertThat(catalogue.image(image).tags()).containsExactly("v1");
    assertThat(catalogue.image(image).updatedAt()).isEqualTo(plane.clock.instant());
    assertThat(catalogue.namespace(namespace.id()).usage().size().bytes()).isEqualTo(10);
  }

  @Test
  void keepsAnImageWithoutTags() {
    var _ = catalogue.push(image, first, "v1");

    var _ = delete(plane.owner, tag("v1").id(), Siblings.REFUSE);

    assertThat(catalogue.image(image).tags()).isEmpty();
    assertThat(catalogue.sizeOf(image)).isZero();
  }

  @Test
  void refusesWhileAnotherTagHasTheSameDigest() {
    var _ = catalogue.push(image, first, "v1");
    var _ = catalogue.push(image, first, "latest");

    assertThat(failureOf(() -> delete(plane.owner, tag("v1").id(), Siblings.REFUSE)))
        .isInstanceOfSatisfying(
            PreconditionFailed.class,
            e -> {
              assertThat(e.rule()).isEqualTo(PreconditionFailed.Rule.RESOURCE_STILL_IN_USE);
              assertThat(e.help()).contains("force=true");
            });
    assertThat(list(plane.owner, "")).containsExactlyInAnyOrder("v1", "latest");
  }

  @Test
  void deletesOnlyTheOneTagWhenSiblingsAreKept() {
    var _ = catalogue.push(image, first, "v1");
    var _ = catalogue.push(image, first, "latest");

    var _ = delete(plane.owner, tag("v1").id(), Siblings.KEEP);

    assertThat(list(plane.owner, "")).containsExactly("latest");
    assertThat(catalogue.sizeOf(image)).isEqualTo(10);
  }

  @Test
  void ignoresTheSameDigestInAnotherImage() {
    var _ = catalogue.push(image, first, "v1");
    ImageId other = catalogue.addImage(namespace, "other");
    var _ = catalogue.addBlob(other, small);
    var _ = catalogue.push(other, first, "v1");

    var _ = delete(plane.owner, tag("v1").id(), Siblings.REFUSE);

    assertThat(catalogue.sizeOf(other)).isEqualTo(10);
  }

  @Test
  void letsOnlyWritersDelete() {
    var _ = catalogue.push(image, first, "v1");
    TagId id = tag("v1").id();

    assertThat(failureOf(() -> delete(plane.reader, id, Siblings.KEEP)))
        .isInstanceOf(PermissionDenied.class);
    assertThat(failureOf(() -> delete(plane.stranger, id, Siblings.KEEP)))
        .isInstanceOf(NotFound.class);
    assertThat(list(plane.owner, "")).containsExactly("v1");
  }

  private Tag tag(String name) {
    return catalogue
        .transaction(() -> catalogue.tags().findByName(image, new TagName(name)))
        .orElseThrow();
  }

  private Tag get(Caller caller, TagId id) {
    return get.handle(caller, Catalogue.REGION, id);
  }

  private Tag delete(Caller caller, TagId id, Siblings siblings) {
    return delete.handle(caller, Catalogue.REGION, id, siblings);
  }

  private List<String> list(Caller caller, String name) {
    return list
        .handle(
            caller,
            new ListTags.Query(
                Catalogue.REGION,
                image,
                NameFilter.of(name),
                TagOrder.NAME_ASC,
                PageRequest.first()))
        .items()
        .stream()
        .map(tag -> tag.name().value())
        .toList();
  }
}
