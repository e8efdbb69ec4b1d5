package io.gantry.rest.image;

import io.gantry.domain.image.Image;
import io.gantry.domain.paging.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of images on the wire. */
@RegisterForReflection
record ImageListBody(List<ImageBody> images, long totalCount) {

  static ImageListBody from(Page<Image> page) {
    return new ImageListBody(page.map(ImageBody::from).items(), page.totalCount());
  }
}
