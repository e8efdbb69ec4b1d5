package io.gantry.rest.tag;

import io.gantry.domain.paging.Page;
import io.gantry.domain.tag.Tag;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of tags on the wire. */
@RegisterForReflection
record TagListBody(List<TagBody> tags, long totalCount) {

  static TagListBody from(Page<Tag> page) {
    return new TagListBody(page.map(TagBody::from).items(), page.totalCount());
  }
}
