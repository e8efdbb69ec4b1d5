package io.gantry.grpc.tag;

import io.gantry.application.access.NameFilter;
import io.gantry.application.access.Regions;
import io.gantry.application.group.Pending;
import io.gantry.application.tag.DeleteTag;
import io.gantry.application.tag.DeleteTag.Siblings;
import io.gantry.application.tag.GetTag;
import io.gantry.application.tag.ListTags;
import io.gantry.domain.access.Caller;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.paging.Page;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagId;
import io.gantry.domain.tag.TagOrder;
import io.gantry.grpc.call.Arguments;
import io.gantry.proto.registry.v1.DeleteTagRequest;
import io.gantry.proto.registry.v1.DeleteTagResponse;
import io.gantry.proto.registry.v1.GetTagRequest;
import io.gantry.proto.registry.v1.GetTagResponse;
import io.gantry.proto.registry.v1.ListTagsRequest;
import io.gantry.proto.registry.v1.ListTagsResponse;
import jakarta.inject.Singleton;

/** The methods on tags. */
@Singleton
public final class TagMethods {
  private final Regions regions;
  private final ListTags list;
  private final GetTag get;
  private final DeleteTag delete;

  TagMethods(Regions regions, ListTags list, GetTag get, DeleteTag delete) {
    this.regions = regions;
    this.list = list;
    this.get = get;
    this.delete = delete;
  }

  public ListTagsResponse list(Caller caller, ListTagsRequest request) {
    Page<Tag> page =
        list.handle(
            caller,
            new ListTags.Query(
                regions.parse(request.getRegion()),
                ImageId.parse(request.getImageId()),
                NameFilter.of(request.getName()),
                Arguments.order(request.getOrderBy(), TagOrder.class),
                Arguments.page(
                    request.hasPage(),
                    request.getPage(),
                    request.hasPageSize(),
                    request.getPageSize())));
    return ListTagsResponse.newBuilder()
        .addAllTags(page.map(TagMessage::from).items())
        .setTotalCount(Arguments.count(page.totalCount()))
        .build();
  }

  public Pending<GetTagResponse> get(Caller caller, GetTagRequest request) {
    return get.ask(caller, regions.parse(request.getRegion()), TagId.parse(request.getTagId()))
        .map(tag -> GetTagResponse.newBuilder().setTag(TagMessage.from(tag)).build());
  }

  @SuppressWarnings("deprecation") // the published API still has it, and it still matters
  public DeleteTagResponse delete(Caller caller, DeleteTagRequest request) {
    Tag tag =
        delete.handle(
            caller,
            regions.parse(request.getRegion()),
            TagId.parse(request.getTagId()),
            request.getForce() ? Siblings.KEEP : Siblings.REFUSE);
    return DeleteTagResponse.newBuilder().setTag(TagMessage.deleted(tag)).build();
  }
}
