package io.gantry.persistence.namespace;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

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
import io.gantry.persistence.ById;
import io.gantry.persistence.Row;
import io.gantry.persistence.paging.Stretch;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

  private static final String BY_ID = ONE + "where n.region = ? and n.id = " + ById.ANY;

  private final Session session;
  private final long near;

  @Inject
  NamespaceQueries(Session session) {
    this(session, Stretch.NEAR);
  }

  /** Pages that are not {@code near} to an end of their list are looked for. */
  NamespaceQueries(Session session, long near) {
    this.session = session;
    this.near = near;
  }

  Map<NamespaceId, Namespace> findAll(Region region, Collection<NamespaceId> ids) {
    return ById.read(session, BY_ID, region, ids, NamespaceId::value, NamespaceQueries::toDomain)
        .stream()
        .collect(toMap(Namespace::id, identity()));
  }

  Optional<Namespace> findByName(Region region, NamespaceName name) {
    return session
        .createNativeQuery(
            ONE + "where n.region = :region and n.name = :name and n.status = 'READY'", Tuple.class)
        .setParameter("region", region.value())
        .setParameter("name", name.value())
        .uniqueResultOptional()
        .map(row -> toDomain(row::get));
  }

  Page<Namespace> list(NamespaceFilter filter, NamespaceOrder order, PageRequest page) {
    if (filter.projects().isEmpty()) return Page.empty();
    var sql = new NamespaceListSql(filter, order);
    String ids = sql.ids(page, near);
    List<Tuple> rows =
        bind(filter, session.createNativeQuery(pageOf(sql, ids), Tuple.class))
            .setParameter("size", page.size())
            .setParameter("offset", page.offset())
            .getResultList();
    if (!rows.isEmpty()) {
      long total = rows.getFirst().get("total", Long.class);
      return new Page<>(rows.stream().map(row -> toDomain(row::get)).toList(), total);
    }
    return page.number() == 1 ? Page.empty() : new Page<>(List.of(), total(sql, filter));
  }

  private long total(NamespaceListSql sql, NamespaceFilter filter) {
    return bind(filter, session.createNativeQuery(sql.counts(), Tuple.class))
        .getSingleResult()
        .get("total", Long.class);
  }

  /**
   * Usage is summed up for the rows of the page only; count and page see the same rows. Rows are
   * read one by one, which {@code offset 0} makes certain, as the planner cannot know how few they
   * are.
   */
  private static String pageOf(NamespaceListSql sql, String ids) {
    return """
        with counted as materialized (%2$s), page as (%3$s)
        select %1$s, (select total from counted) as total
        from page
        cross join lateral (select one.* from namespace one where one.id = page.id offset 0) n %4$s
        order by %5$s
        """
        .formatted(WITH_USAGE, sql.counts(), ids, USAGE, sql.orderBy());
  }

  private static <T> NativeQuery<T> bind(NamespaceFilter filter, NativeQuery<T> query) {
    query.setParameter("region", filter.region().value());
    query.setParameter(
        "projects", filter.projects().stream().map(ProjectId::value).toArray(UUID[]::new));
    filter.name().ifPresent(name -> query.setParameter("name", name.value()));
    return query;
  }

  private static Namespace toDomain(Row row) {
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
