package io.gantry.persistence.paging;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.paging.PageRequest;
import io.gantry.persistence.Parameters;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is asked for of a list. In SQL it is the one row of {@link #TABLE}, and all else refers to
 * that: the statement has each parameter once, and PostgreSQL has no reason to plan it anew for
 * other values, as it does not look into that row before it runs. (To plan a list of several
 * projects takes longer than to run it.)
 *
 * @param projects the list has a branch for each, by its number
 * @param parent the namespace or image that all rows are in, if there is one
 * @param name what all rows are called, if they are
 */
public record Asked(
    Optional<Region> region,
    List<ProjectId> projects,
    Optional<UUID> parent,
    Optional<String> name) {
  public static final String REGION = "(select region from asked)";

  /** What a project must equal; see {@code ById.ANY}. */
  public static final String ANY_PROJECT = "any(cast((select projects from asked) as uuid[]))";

  public static final String PARENT = "(select parent from asked)";
  public static final String NAME = "(select name from asked)";

  /** How many rows come before the page. */
  static final String OFFSET = "(select page_offset from asked)";

  static final String SIZE = "(select page_size from asked)";

  /** For a {@code with}. */
  static final String TABLE =
      """
      asked as materialized (
        select cast(? as text) as region, cast(? as uuid[]) as projects, cast(? as uuid) as parent,
               cast(? as text) as name, cast(? as bigint) as page_offset,
               cast(? as bigint) as page_size)""";

  public Asked {
    projects = List.copyOf(projects);
  }

  /** Of projects in a region. */
  public static Asked of(
      Region region, Collection<ProjectId> projects, Optional<UUID> parent, Optional<String> name) {
    return new Asked(Optional.of(region), List.copyOf(projects), parent, name);
  }

  /** Of a parent that the caller may see. */
  public static Asked within(UUID parent, Optional<String> name) {
    return new Asked(Optional.empty(), List.of(), Optional.of(parent), name);
  }

  /** A project by its number, from 1. */
  static String project(int number) {
    return "(select projects[" + number + "] from asked)";
  }

  /** Sets the parameters of {@link #TABLE}, with which the statement begins. */
  void bind(Parameters parameters, PageRequest page) throws SQLException {
    parameters.text(region.map(Region::value).orElse(null));
    parameters.array("uuid", projects, ProjectId::value);
    parameters.uuid(parent.orElse(null));
    parameters.text(name.orElse(null));
    parameters.number(page.offset());
    parameters.number(page.size());
  }
}
