package io.gantry.persistence.image;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.Repository;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.image.Visibility;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Region;
import jakarta.persistence.Tuple;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/** What every statement that begins with a repository's path has in common. */
public final class RepositoryColumns {
  /** What is selected of {@link #FROM}. */
  public static final String SELECT =
      """
      n.id as namespace_id, n.project_id, n.is_public,
      i.id as image_id, i.visibility, i.published
      """;

  /** The usable namespace {@code n}, with its usable image {@code i}, if it has it. */
  public static final String FROM =
      """
      namespace n
      left join image i on i.namespace_id = n.id and i.name = :imageName and i.status = 'READY'
      """;

  public static final String WHERE =
      "n.region = :region and n.name = :namespaceName and n.status = 'READY'";

  private RepositoryColumns() {}

  /** Sets the parameters of {@link #FROM} and {@link #WHERE}. */
  public static <T> NativeQuery<T> bind(NativeQuery<T> query, Region region, RepositoryPath path) {
    return query
        .setParameter("region", region.value())
        .setParameter("namespaceName", path.namespace().value())
        .setParameter("imageName", path.image().value());
  }

  public static Repository toRepository(RepositoryPath path, Tuple row) {
    @Nullable UUID image = row.get("image_id", UUID.class);
    return new Repository(
        path,
        new NamespaceId(row.get("namespace_id", UUID.class)),
        new ProjectId(row.get("project_id", UUID.class)),
        row.get("is_public", Boolean.class),
        image == null
            ? Optional.empty()
            : Optional.of(
                new Repository.Held(
                    new ImageId(image),
                    Visibility.valueOf(row.get("visibility", String.class)),
                    row.get("published", Boolean.class))));
  }
}
