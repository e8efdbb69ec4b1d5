package io.gantry.application.tag;

import io.gantry.application.access.NameFilter;
import io.gantry.application.image.ImageAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagName;
import io.gantry.domain.tag.TagOrder;
import io.gantry.domain.tag.TagRepository;

/** Lists the usable tags of an image; one that is being deleted has none any more. */
public final class ListTags {
  private final AccessPolicy access;
  private final ImageRepository images;
  private final TagRepository tags;
  private final UnitOfWork unitOfWork;

  public ListTags(
      AccessPolicy access, ImageRepository images, TagRepository tags, UnitOfWork unitOfWork) {
    this.access = access;
    this.images = images;
    this.tags = tags;
    this.unitOfWork = unitOfWork;
  }

  /** What to list; a filter that matches nothing gives an empty list. */
  public record Query(
      Region region, ImageId image, NameFilter name, TagOrder order, PageRequest page) {}

  public Page<Tag> handle(Caller caller, Query query) {
    return unitOfWork.withoutTransaction(
        () -> {
          Image image =
              ImageAccess.require(
                  access,
                  caller,
                  Action.READ,
                  query.image(),
                  images.find(query.region(), query.image()));
          if (!image.isReady() || !query.name().isPossible(TagName::new)) return Page.empty();
          return tags.list(
              image.id(), query.name().name(TagName::new), query.order(), query.page());
        });
  }
}
