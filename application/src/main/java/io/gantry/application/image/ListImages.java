package io.gantry.application.image;

import io.gantry.application.access.NameFilter;
import io.gantry.application.access.ReadableProjects;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageFilter;
import io.gantry.domain.image.ImageName;
import io.gantry.domain.image.ImageOrder;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import java.util.Optional;
import java.util.Set;

/** Lists the images the caller may read, those being deleted among them. */
public final class ListImages {
  private final ReadableProjects readable;
  private final ImageRepository images;
  private final UnitOfWork unitOfWork;

  public ListImages(ReadableProjects readable, ImageRepository images, UnitOfWork unitOfWork) {
    this.readable = readable;
    this.images = images;
    this.unitOfWork = unitOfWork;
  }

  /** What to list; filters that match nothing give an empty list. */
  public record Query(
      Region region,
      Optional<OrganizationId> organization,
      Optional<ProjectId> project,
      Optional<NamespaceId> namespace,
      NameFilter name,
      ImageOrder order,
      PageRequest page) {}

  public Page<Image> handle(Caller caller, Query query) {
    return unitOfWork.withoutTransaction(
        () -> {
          Set<ProjectId> projects = readable.of(caller, query.project(), query.organization());
          if (projects.isEmpty() || !query.name().isPossible(ImageName::new)) return Page.empty();
          return images.list(
              new ImageFilter(
                  query.region(), projects, query.namespace(), query.name().name(ImageName::new)),
              query.order(),
              query.page());
        });
  }
}
