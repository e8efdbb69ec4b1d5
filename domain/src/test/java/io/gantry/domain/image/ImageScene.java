package io.gantry.domain.image;

import static io.gantry.domain.Catalogue.REGION;
import static io.gantry.domain.Catalogue.START;

import io.gantry.domain.Catalogue;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Images, and what is asked of an {@link ImageRepository} about them. */
abstract class ImageScene {
  static final Instant LATER = START.plusSeconds(60);

  protected abstract Catalogue catalogue();

  final ImageRepository images() {
    return catalogue().images();
  }

  final Optional<Image> find(ImageId id) {
    return catalogue().transaction(() -> images().find(REGION, id));
  }

  final void touch(ImageId id, long sizeChange, Instant now) {
    catalogue().run(() -> images().touch(id, sizeChange, now));
  }

  final void delete(ImageId id) {
    catalogue().run(() -> images().update(stored(id).delete(LATER)));
  }

  /** In the transaction that is under way. */
  final Image stored(ImageId id) {
    return images().find(REGION, id).orElseThrow();
  }

  final Page<Image> list(ImageFilter filter) {
    return list(filter, ImageOrder.CREATED_AT_ASC, PageRequest.first());
  }

  final Page<Image> list(ImageFilter filter, ImageOrder order, PageRequest page) {
    return catalogue().transaction(() -> images().list(filter, order, page));
  }

  static ImageFilter filter(ProjectId project) {
    return new ImageFilter(REGION, Set.of(project), Optional.empty(), Optional.empty());
  }
}
