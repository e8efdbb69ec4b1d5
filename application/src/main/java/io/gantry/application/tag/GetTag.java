package io.gantry.application.tag;

import io.gantry.application.group.Pending;
import io.gantry.application.group.ReadById;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Resource;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.tag.OwnedTag;
import io.gantry.domain.tag.Tag;
import io.gantry.domain.tag.TagId;
import io.gantry.domain.tag.TagRepository;
import java.util.Optional;

/** Reads one tag. */
public final class GetTag {
  private final AccessPolicy access;
  private final ReadById<TagId, OwnedTag> tags;

  public GetTag(AccessPolicy access, TagRepository tags, UnitOfWork unitOfWork) {
    this.access = access;
    this.tags = new ReadById<>(tags::findAll, unitOfWork);
  }

  public Tag handle(Caller caller, Region region, TagId id) {
    return ask(caller, region, id).get();
  }

  /** Asks for it; whoever asks has to get it as well. */
  public Pending<Tag> ask(Caller caller, Region region, TagId id) {
    return tags.ask(region, id).map(found -> require(caller, id, found));
  }

  private Tag require(Caller caller, TagId id, Optional<OwnedTag> read) {
    OwnedTag found = read.orElseThrow(() -> access.absent(caller, ResourceType.TAG, id.toString()));
    // As with images, being public opens nothing here.
    access.require(
        caller, Action.READ, new Resource(ResourceType.TAG, id.toString(), found.project(), false));
    return found.tag();
  }
}
