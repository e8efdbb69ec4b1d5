package io.gantry.persistence.image;

import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageFilter;
import io.gantry.domain.image.ImageOrder;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.gantry.persistence.Statements;

/** Lists of images that count as long when they have a few. */
public final class ImageLists {
  private ImageLists() {}

  /** As {@code ImageRepository.list}; pages not {@code near} to an end are looked for. */
  public static Page<Image> list(
      Statements statements, long near, ImageFilter filter, ImageOrder order, PageRequest page) {
    return new ImageQueries(statements, near).list(filter, order, page);
  }
}
