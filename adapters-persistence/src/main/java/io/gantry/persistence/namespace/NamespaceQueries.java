package io.gantry.persistence.namespace;

import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceFilter;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.NamespaceName;
import io.gantry.domain.namespace.NamespaceOrder;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.namespace.Status;
import io.gantry.domain.namespace.Usage;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/** Reads namespaces together with what they hold, which is a sum over the shards of their usage. */
@Singleton
final class NamespaceQueries {

  private static final String WITH_USAGE =
      """
      n.id, n.region, n.name, n.description, n.organization_id, n.project_id, n.status,
      n.is_public, n.created_at, greatest(n.updated_at, u.updated_at) as updated_at,
      coalesce(u.size, 0) as size, coalesce(u.images, 0) as images
      """;

  private static final String USAGE =
      """
      left join lateral (
        select cast(sum(s.size) as bigint) as size, cast(sum(s.image_count) as bigint) as images,
               max(s.updated_at) as updated_at
        from namespace_usage s where s.namespace_id = n.id
      ) u on true
      """;

  private static final String ONE = "select " + WITH_USAGE + " from namespace n " + USAGE;

  private static final String COUNT = "select count(*) from namespace n where ";

  private final Session session;

  NamespaceQueries(Session session) {
    this.session = session;
  }

  Optional<Namespace> find(Region region, NamespaceId id) {
    return session
        .createNativeQuery(ONE + "where n.region = :region and n.id = :id", Tuple.class)
        .setParameter("region", region.value())
        .setParameter("id", id.value())
        .uniqueResultOptional()
        .map(NamespaceQueries::toDomain);
  }

  Optional<Namespace> findByName(Region region, NamespaceName name) {
    return session
        .createNativeQuery(
            ONE + "where n.region = :region and n.name = :name and n.status = 'READY'", Tuple.class)
        .setParameter("region", region.value())
        .setParameter("name", name.value())
        .uniqueResultOptional()
        .map(NamespaceQueries::toDomain);
  }

  Page<Namespace> list(NamespaceFilter filter, NamespaceOrder order, PageRequest page) {
    if (filter.projects().isEmpty()) return Page.empty();
    String where = where(filter);
    List<Tuple> rows =
        bind(filter, session.createNativeQuery(pageOf(where, orderBy(order)), Tuple.class))
            .setParameter("size", page.size())
            .setParameter("offset", page.offset())
            .getResultList();
    if (!rows.isEmpty()) {
      long total = rows.getFirst().get("total", Long.class);
      return new Page<>(rows.stream().map(NamespaceQueries::toDomain).toList(), total);
    }
    if (page.number() == 1) return Page.empty();
    return new Page<>(
        List.of(),
        bind(filter, session.createNativeQuery(COUNT + where, Long.class)).getSingleResult());
  }

  /** Usage is summed up for the rows of the page only; count and page see the same rows. */
  private static String pageOf(String where, String orderBy) {
    return """
        with page as (
          select n.id from namespace n where %2$s order by %3$s limit :size offset :offset
        )
        select %1$s, (select count(*) from namespace n where %2$s) as total
        from page join namespace n on n.id = page.id %4$s
        order by %3$s
        """
        .formatted(WITH_USAGE, where, orderBy, USAGE);
  }

  /** One project is an equality, so that an index by project also gives the order. */
  private static String where(NamespaceFilter filter) {
    return "n.region = :region and "
        + (filter.projects().size() == 1
            ? "n.project_id = :project"
            : "n.project_id = any(:projects)")
        + (filter.name().isPresent() ? " and n.name = :name" : "");
  }

  private static <T> NativeQuery<T> bind(NamespaceFilter filter, NativeQuery<T> query) {
    UUID[] projects = filter.projects().stream().map(ProjectId::value).toArray(UUID[]::new);
    query.setParameter("region", filter.region().value());
    if (projects.length == 1) query.setParameter("project", projects[0]);
    else query.setParameter("projects", projects);
    filter.name().ifPresent(name -> query.setParameter("name", name.value()));
    return query;
  }

  private static String orderBy(NamespaceOrder order) {
    return switch (order) {
      case CREATED_AT_ASC, REGION -> "n.created_at, n.id";
      case CREATED_AT_DESC -> "n.created_at desc, n.id desc";
      case NAME_ASC -> "n.name, n.id";
      case NAME_DESC -> "n.name desc, n.id desc";
      case DESCRIPTION_ASC -> "n.description collate \"C\", n.id";
      case DESCRIPTION_DESC -> "n.description collate \"C\" desc, n.id desc";
      case STATUS_ASC -> "n.status collate \"C\", n.created_at, n.id";
      case STATUS_DESC -> "n.status collate \"C\" desc, n.created_at desc, n.id desc";
    };
  }

  private static Namespace toDomain(Tuple row) {
    return new Namespace(
        new NamespaceId(row.get("id", UUID.class)),
        new Region(row.get("region", String.class)),
        new NamespaceName(row.get("name", String.class)),
        row.get("description", String.class),
        new OrganizationId(row.get("organization_id", UUID.class)),
        new ProjectId(row.get("project_id", UUID.class)),
        Status.valueOf(row.get("status", String.class)),
        row.get("is_public", Boolean.class),
        row.get("created_at", Instant.class),
        row.get("updated_at", Instant.class),
        new Usage(new ByteSize(row.get("size", Long.class)), row.get("images", Long.class)));
  }
}
