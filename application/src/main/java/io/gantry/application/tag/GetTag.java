package io.gantry.application.tag;

import io.gantry.application.image.ImageAccess;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagId;
import io.gantry.domain.tag.TagRepository;
import java.util.Optional;

/** Reads one tag. */
public final class GetTag {
  private final AccessPolicy access;
  private final ImageRepository images;
  private final TagRepository tags;
  private final UnitOfWork unitOfWork;

  public GetTag(
      AccessPolicy access, ImageRepository images, TagRepository tags, UnitOfWork unitOfWork) {
    this.access = access;
    this.images = images;
    this.tags = tags;
    this.unitOfWork = unitOfWork;
  }

  public Tag handle(Caller caller, Region region, TagId id) {
    return unitOfWork.inTransaction(
        () -> {
          Optional<Tag> tag = tags.find(region, id);
          Optional<Image> image = tag.flatMap(found -> images.find(region, found.image()));
          ImageAccess.require(access, caller, Action.READ, ResourceType.TAG, id.toString(), image);
          return tag.orElseThrow();
        });
  }
}
