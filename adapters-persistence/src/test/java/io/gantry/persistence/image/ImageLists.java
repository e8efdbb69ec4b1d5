package io.gantry.persistence.image;

import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageFilter;
import io.gantry.domain.image.ImageOrder;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import org.hibernate.Session;

/** Lists of images that count as long when they have a few. */
public final class ImageLists {
  private ImageLists() {}

  /** As {@code ImageRepository.list}; pages not {@code near} to an end are looked for. */
  public static Page<Image> list(
      Session session, long near, ImageFilter filter, ImageOrder order, PageRequest page) {
    return new ImageQueries(session, near).list(filter, order, page);
  }
}
