package io.gantry.persistence.image;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.Repository;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.image.Visibility;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.Region;
import jakarta.persistence.Tuple;
import java.sql.ResultSet;
import java.sql.SQLException;
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
    return toRepository(
        path,
        row.get("namespace_id", UUID.class),
        row.get("project_id", UUID.class),
        row.get("is_public", Boolean.class),
        row.get("image_id", UUID.class),
        row.get("visibility", String.class),
        row.get("published", Boolean.class));
  }

  public static Repository toRepository(RepositoryPath path, ResultSet row) throws SQLException {
    return toRepository(
        path,
        row.getObject("namespace_id", UUID.class),
        row.getObject("project_id", UUID.class),
        row.getBoolean("is_public"),
        row.getObject("image_id", UUID.class),
        row.getString("visibility"),
        row.getBoolean("published"));
  }

  /** The last three are of the image, if there is one. */
  private static Repository toRepository(
      RepositoryPath path,
      UUID namespace,
      UUID project,
      boolean isPublic,
      @Nullable UUID image,
      String visibility,
      Boolean published) {
    return new Repository(
        path,
        new NamespaceId(namespace),
        new ProjectId(project),
        isPublic,
        image == null
            ? Optional.empty()
            : Optional.of(
                new Repository.Held(
                    new ImageId(image), Visibility.valueOf(visibility), published)));
  }
}
