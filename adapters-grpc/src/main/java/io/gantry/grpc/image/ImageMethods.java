package io.gantry.grpc.image;

import static io.gantry.domain.error.RegistryException.notAllowed;

import io.gantry.application.access.NameFilter;
import io.gantry.application.access.Regions;
import io.gantry.application.group.Pending;
import io.gantry.application.image.DeleteImage;
import io.gantry.application.image.GetImage;
import io.gantry.application.image.ListImages;
import io.gantry.application.image.UpdateImage;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageOrder;
import io.gantry.domain.image.Visibility;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.paging.Page;
import io.gantry.grpc.call.Arguments;
import io.gantry.proto.registry.v1.DeleteImageRequest;
import io.gantry.proto.registry.v1.DeleteImageResponse;
import io.gantry.proto.registry.v1.GetImageRequest;
import io.gantry.proto.registry.v1.GetImageResponse;
import io.gantry.proto.registry.v1.ListImagesRequest;
import io.gantry.proto.registry.v1.ListImagesResponse;
import io.gantry.proto.registry.v1.UpdateImageRequest;
import io.gantry.proto.registry.v1.UpdateImageResponse;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The methods on images. */
@Singleton
public final class ImageMethods {
  private final Regions regions;
  private final ListImages list;
  private final GetImage get;
  private final UpdateImage update;
  private final DeleteImage delete;

  ImageMethods(
      Regions regions, ListImages list, GetImage get, UpdateImage update, DeleteImage delete) {
    this.regions = regions;
    this.list = list;
    this.get = get;
    this.update = update;
    this.delete = delete;
  }

  public ListImagesResponse list(Caller caller, ListImagesRequest request) {
    Page<Image> page =
        list.handle(
            caller,
            new ListImages.Query(
                regions.parse(request.getRegion()),
                Arguments.value(request.getOrganizationId(), OrganizationId::parse),
                Arguments.value(request.getProjectId(), ProjectId::parse),
                Arguments.value(request.getNamespaceId(), NamespaceId::parse),
                NameFilter.of(request.getName()),
                Arguments.order(request.getOrderBy(), ImageOrder.class),
                Arguments.page(
                    request.hasPage(),
                    request.getPage(),
                    request.hasPageSize(),
                    request.getPageSize())));
    return ListImagesResponse.newBuilder()
        .addAllImages(page.map(ImageMessage::from).items())
        .setTotalCount(Arguments.count(page.totalCount()))
        .build();
  }

  public Pending<GetImageResponse> get(Caller caller, GetImageRequest request) {
    return get.ask(caller, regions.parse(request.getRegion()), ImageId.parse(request.getImageId()))
        .map(image -> GetImageResponse.newBuilder().setImage(ImageMessage.from(image)).build());
  }

  public UpdateImageResponse update(Caller caller, UpdateImageRequest request) {
    Image image =
        update.handle(
            caller,
            new UpdateImage.Command(
                regions.parse(request.getRegion()),
                ImageId.parse(request.getImageId()),
                request.hasVisibility()
                    ? Optional.of(visibility(request.getVisibility()))
                    : Optional.empty()));
    return UpdateImageResponse.newBuilder().setImage(ImageMessage.from(image)).build();
  }

  public DeleteImageResponse delete(Caller caller, DeleteImageRequest request) {
    Image image =
        delete.handle(
            caller, regions.parse(request.getRegion()), ImageId.parse(request.getImageId()));
    return DeleteImageResponse.newBuilder().setImage(ImageMessage.from(image)).build();
  }

  private static Visibility visibility(io.gantry.proto.registry.v1.Image.Visibility visibility) {
    return switch (visibility) {
      case VISIBILITY_INHERIT -> Visibility.INHERIT;
      case VISIBILITY_PUBLIC -> Visibility.PUBLIC;
      case VISIBILITY_PRIVATE -> Visibility.PRIVATE;
      case VISIBILITY_UNSPECIFIED, UNRECOGNIZED ->
          throw notAllowed(
              "visibility", "must be VISIBILITY_INHERIT, VISIBILITY_PUBLIC or VISIBILITY_PRIVATE");
    };
  }
}
