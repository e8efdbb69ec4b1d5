package io.gantry.grpc;

import static io.gantry.domain.manifest.ManifestBuilder.aManifest;
import static io.gantry.grpc.Client.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.ResourceInfo;
import io.gantry.domain.Catalogue;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.tag.TagName;
import io.gantry.grpc.Client.Failure;
import io.gantry.proto.registry.v1.DeleteImageRequest;
import io.gantry.proto.registry.v1.DeleteTagRequest;
import io.gantry.proto.registry.v1.GetImageRequest;
import io.gantry.proto.registry.v1.GetTagRequest;
import io.gantry.proto.registry.v1.Image;
import io.gantry.proto.registry.v1.Image.Visibility;
import io.gantry.proto.registry.v1.ListImagesRequest;
import io.gantry.proto.registry.v1.ListImagesResponse;
import io.gantry.proto.registry.v1.ListTagsRequest;
import io.gantry.proto.registry.v1.ListTagsResponse;
import io.gantry.proto.registry.v1.Tag;
import io.gantry.proto.registry.v1.UpdateImageRequest;
import io.grpc.Status.Code;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The four methods on images and the three on tags as clients see them. */
@QuarkusTest
final class ImageAndTagMethodsTest {
  private static final String REGION = "fr-par";
  private static final String NOBODYS = "00000000-0000-4000-8000-000000000000";
  private static final Timestamp PUSHED =
      Timestamp.newBuilder()
          .setSeconds(Catalogue.START.getEpochSecond())
          .setNanos(123_456_000)
          .build();

  private final TestRegistry registry;
  private Client client;
  private Namespace namespace;
  private ImageId image;
  private Manifest manifest;
  private String latest;

  ImageAndTagMethodsTest(TestRegistry registry) {
    this.registry = registry;
  }

  @BeforeEach
  void push() {
    client = new Client();
    Catalogue catalogue = registry.catalogue;
    namespace = registry.addNamespace();
    image = catalogue.addImage(namespace, "team/app");
    manifest = aManifest().layers(catalogue.addBlob(image, 1L << 33)).build();
    latest = tag("latest");
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void writesEveryFieldOfAnImage() {
    assertThat(getImage()).isEqualTo(expected().build());
  }

  @Test
  void listsImagesByNamespaceAndExactName() {
    ListImagesResponse found = list(listing().setName("team/app"));
    ListImagesResponse none = list(listing().setName("app"));

    assertThat(found.getImagesList()).containsExactly(expected().build());
    assertThat(found.getTotalCount()).isEqualTo(1);
    assertThat(none).isEqualTo(ListImagesResponse.getDefaultInstance());
  }

  @Test
  void namesAListFieldThatIsWrong() {
    assertThat(failureOf(() -> list(listing().setNamespaceId("x"))).fields())
        .containsExactly("namespace_id");
    assertThat(failureOf(() -> list(listing().setProjectId("x"))).fields())
        .containsExactly("project_id");
    assertThat(failureOf(() -> list(listing().setPageSize(101))).fields())
        .containsExactly("page_size");
    assertThat(failureOf(() -> list(listing().setOrderByValue(99))).fields())
        .containsExactly("order_by");
    assertThat(failureOf(() -> listTags(tagListing().setImageId("x"))).fields())
        .containsExactly("image_id");
    assertThat(failureOf(() -> listTags(tagListing().setPage(0))).fields()).containsExactly("page");
    assertThat(failureOf(() -> listTags(tagListing().setOrderByValue(99))).fields())
        .containsExactly("order_by");
  }

  @Test
  void takesEveryOrderThereIs() {
    for (var order : ListImagesRequest.OrderBy.values()) {
      if (order == ListImagesRequest.OrderBy.UNRECOGNIZED) continue;
      assertThat(list(listing().setOrderBy(order)).getTotalCount()).isEqualTo(1);
    }
    for (var order : ListTagsRequest.OrderBy.values()) {
      if (order == ListTagsRequest.OrderBy.UNRECOGNIZED) continue;
      assertThat(listTags(tagListing().setOrderBy(order)).getTotalCount()).isEqualTo(1);
    }
  }

  @Test
  void changesTheVisibilityIfItIsPresent() {
    assertThat(update(change()).getVisibility()).isEqualTo(Visibility.VISIBILITY_INHERIT);
    assertThat(update(change().setVisibility(Visibility.VISIBILITY_PUBLIC)).getVisibility())
        .isEqualTo(Visibility.VISIBILITY_PUBLIC);
    assertThat(update(change().setVisibility(Visibility.VISIBILITY_PRIVATE)).getVisibility())
        .isEqualTo(Visibility.VISIBILITY_PRIVATE);
    assertThat(update(change().setVisibility(Visibility.VISIBILITY_INHERIT)).getVisibility())
        .isEqualTo(Visibility.VISIBILITY_INHERIT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, -1})
  void refusesAVisibilityThatIsNone(int visibility) {
    Failure failure = failureOf(() -> update(change().setVisibilityValue(visibility)));

    assertThat(failure.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).containsExactly("visibility");
  }

  @Test
  void deletesAnImageWithItsTags() {
    Image deleted = client.owner().deleteImage(deletion()).getImage();

    assertThat(deleted.getStatus()).isEqualTo(Image.Status.STATUS_DELETING);
    assertThat(failureOf(() -> update(change())).code()).isEqualTo(Code.ABORTED);
    assertThat(listTags(tagListing())).isEqualTo(ListTagsResponse.getDefaultInstance());
  }

  @Test
  void writesEveryFieldOfATag() {
    assertThat(getTag(latest)).isEqualTo(expectedTag().build());
    assertThat(listTags(tagListing()).getTagsList()).containsExactly(expectedTag().build());
  }

  @Test
  void listsTagsByExactName() {
    String second = tag("second");

    ListTagsResponse found = listTags(tagListing().setName("second"));

    assertThat(found.getTagsList()).extracting(Tag::getId).containsExactly(second);
    assertThat(found.getTotalCount()).isEqualTo(1);
  }

  @Test
  void deletesATag() {
    Tag deleted = client.owner().deleteTag(tagDeletion().build()).getTag();

    assertThat(deleted.toBuilder().clearUpdatedAt().build())
        .isEqualTo(expectedTag().setStatus(Tag.Status.STATUS_DELETING).clearUpdatedAt().build());
    assertThat(failureOf(() -> getTag(latest)).code()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  @SuppressWarnings("deprecation") // it still works
  void keepsATagWithSiblingsUnlessForced() {
    String second = tag("second");

    Failure failure = failureOf(() -> client.owner().deleteTag(tagDeletion().build()));
    var _ = client.owner().deleteTag(tagDeletion().setForce(true).build());

    assertThat(failure.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(failure.reason()).isEqualTo("RESOURCE_STILL_IN_USE");
    assertThat(failure.detail(PreconditionFailure.class).getViolations(0).getSubject())
        .isEqualTo("tag");
    assertThat(getTag(second).getStatus()).isEqualTo(Tag.Status.STATUS_READY);
  }

  @Test
  void refusesWhatAReaderMayNotDo() {
    assertThat(
            List.of(
                failureOf(() -> client.reader().updateImage(change().build())),
                failureOf(() -> client.reader().deleteImage(deletion())),
                failureOf(() -> client.reader().deleteTag(tagDeletion().build()))))
        .extracting(Failure::code)
        .containsOnly(Code.PERMISSION_DENIED);
  }

  @Test
  void findsNothingUnderAnUnknownId() {
    Failure ofImage =
        failureOf(
            () ->
                client
                    .owner()
                    .getImage(
                        GetImageRequest.newBuilder()
                            .setRegion(REGION)
                            .setImageId(NOBODYS)
                            .build()));
    Failure ofTag = failureOf(() -> getTag(NOBODYS));

    assertThat(ofImage.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(ofImage.detail(ResourceInfo.class).getResourceType()).isEqualTo("image");
    assertThat(ofTag.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(ofTag.detail(ResourceInfo.class).getResourceType()).isEqualTo("tag");
    assertThat(failureOf(() -> getTag("x")).fields()).containsExactly("tag_id");
  }

  private String tag(String name) {
    var _ = registry.catalogue.push(image, manifest, name);
    return registry
        .catalogue
        .transaction(() -> registry.catalogue.tags().findByName(image, new TagName(name)))
        .orElseThrow()
        .id()
        .toString();
  }

  private Image.Builder expected() {
    return Image.newBuilder()
        .setId(image.toString())
        .setName("team/app")
        .setNamespaceId(namespace.id().toString())
        .setStatus(Image.Status.STATUS_READY)
        .setVisibility(Visibility.VISIBILITY_INHERIT)
        .setSize(1L << 33)
        .setCreatedAt(PUSHED)
        .setUpdatedAt(PUSHED)
        .addTags("latest");
  }

  private Tag.Builder expectedTag() {
    return Tag.newBuilder()
        .setId(latest)
        .setName("latest")
        .setImageId(image.toString())
        .setStatus(Tag.Status.STATUS_READY)
        .setDigest(manifest.digest().toString())
        .setCreatedAt(PUSHED)
        .setUpdatedAt(PUSHED);
  }

  private Image getImage() {
    return client
        .owner()
        .getImage(
            GetImageRequest.newBuilder().setRegion(REGION).setImageId(image.toString()).build())
        .getImage();
  }

  private ListImagesResponse list(ListImagesRequest.Builder request) {
    return client.owner().listImages(request.build());
  }

  private ListImagesRequest.Builder listing() {
    return ListImagesRequest.newBuilder()
        .setRegion(REGION)
        .setNamespaceId(namespace.id().toString());
  }

  private Image update(UpdateImageRequest.Builder request) {
    return client.owner().updateImage(request.build()).getImage();
  }

  private UpdateImageRequest.Builder change() {
    return UpdateImageRequest.newBuilder().setRegion(REGION).setImageId(image.toString());
  }

  private DeleteImageRequest deletion() {
    return DeleteImageRequest.newBuilder().setRegion(REGION).setImageId(image.toString()).build();
  }

  private ListTagsResponse listTags(ListTagsRequest.Builder request) {
    return client.owner().listTags(request.build());
  }

  private ListTagsRequest.Builder tagListing() {
    return ListTagsRequest.newBuilder().setRegion(REGION).setImageId(image.toString());
  }

  private Tag getTag(String id) {
    return client
        .owner()
        .getTag(GetTagRequest.newBuilder().setRegion(REGION).setTagId(id).build())
        .getTag();
  }

  private DeleteTagRequest.Builder tagDeletion() {
    return DeleteTagRequest.newBuilder().setRegion(REGION).setTagId(latest);
  }
}
