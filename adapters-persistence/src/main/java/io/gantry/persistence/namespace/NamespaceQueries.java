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
import io.gantry.persistence.Statements;
import io.gantry.persistence.paging.Asked;
import io.gantry.persistence.paging.ListOrder;
import io.gantry.persistence.paging.ListSql;
import io.gantry.persistence.paging.PageReader;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads namespaces together with what they hold, which is a sum over the shards of their usage. */
@Singleton
final class NamespaceQueries {

  private static final ListOrder BY_CREATION = ListOrder.by("created_at", "id");
  private static final ListOrder BY_NAME = ListOrder.by("name", "id");
  private static final ListOrder BY_DESCRIPTION = ListOrder.by("description_start", "id");
  private static final ListOrder BY_STATUS = ListOrder.byStatusAnd("created_at", "id");

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

  private static final String BY_ID =
      "select "
          + WITH_USAGE
          + " from namespace n "
          + USAGE
          + "where n.region = ? and n.id = "
          + ById.ANY;

  /** How many namespaces there are in the projects. */
  private static final String TOTAL =
      """
      select cast(coalesce(sum(p.namespace_count), 0) as bigint) from project_usage p
      where p.region = %s and p.project_id = %s
      """
          .formatted(Asked.REGION, Asked.ANY_PROJECT);

  private final Statements statements;
  private final PageReader pages;

  @Inject
  NamespaceQueries(Statements statements) {
    this(statements, PageReader.NEAR);
  }

  /** Pages that are not {@code near} to the beginning of their list are looked for. */
  NamespaceQueries(Statements statements, long near) {
    this.statements = statements;
    this.pages = new PageReader(statements, WITH_USAGE, "n", USAGE, near);
  }

  Map<NamespaceId, Namespace> findAll(Region region, Collection<NamespaceId> ids) {
    return ById.read(statements, BY_ID, region, ids, NamespaceId::value, NamespaceQueries::toDomain)
        .stream()
        .collect(toMap(Namespace::id, identity()));
  }

  /** Usage is summed up for the rows of the page only. */
  Page<Namespace> list(NamespaceFilter filter, NamespaceOrder order, PageRequest page) {
    if (filter.projects().isEmpty()) return Page.empty();
    return pages.read(sql(filter, order(order)), asked(filter), page, NamespaceQueries::toDomain);
  }

  /** Few have the same name. */
  private static ListSql sql(NamespaceFilter filter, ListOrder order) {
    int projects = filter.projects().size();
    String inRegion = "region = " + Asked.REGION;
    return filter.name().isPresent()
        ? ListSql.ofProjects("namespace", inRegion + " and name = " + Asked.NAME, projects, order)
        : ListSql.ofProjects("namespace", inRegion, projects, order).counted(TOTAL).withLandmarks();
  }

  private static ListOrder order(NamespaceOrder order) {
    return switch (order) {
      case CREATED_AT_ASC, REGION -> BY_CREATION;
      case CREATED_AT_DESC -> BY_CREATION.reversed();
      case NAME_ASC -> BY_NAME;
      case NAME_DESC -> BY_NAME.reversed();
      case DESCRIPTION_ASC -> BY_DESCRIPTION;
      case DESCRIPTION_DESC -> BY_DESCRIPTION.reversed();
      case STATUS_ASC -> BY_STATUS;
      case STATUS_DESC -> BY_STATUS.reversed();
    };
  }

  private static Asked asked(NamespaceFilter filter) {
    return Asked.of(
        filter.region(),
        filter.projects(),
        Optional.empty(),
        filter.name().map(NamespaceName::value));
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
