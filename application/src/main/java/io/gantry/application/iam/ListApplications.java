package io.gantry.application.iam;

import io.gantry.application.access.NameFilter;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.identity.Application;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.domain.identity.KeyDetails;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists the applications of the caller's organization, those of configured keys among them. */
public final class ListApplications {
  private final Directory directory;
  private final UnitOfWork unitOfWork;

  public ListApplications(Directory directory, UnitOfWork unitOfWork) {
    this.directory = directory;
    this.unitOfWork = unitOfWork;
  }

  /**
   * What to list; filters that match nothing give an empty list.
   *
   * @param ids all if empty
   * @param tag a text that a tag contains
   */
  public record Query(
      Optional<OrganizationId> organization,
      NameFilter name,
      Optional<Boolean> editable,
      Set<ApplicationId> ids,
      Optional<String> tag,
      ApplicationOrder order,
      PageRequest page) {

    private boolean matches(Application application) {
      return name.matches(application.label().name())
          && Filters.same(editable, application.origin().isEditable())
          && Filters.oneOf(ids, application.id())
          && Filters.tagged(tag, application.label());
    }
  }

  public Page<CountedApplication> handle(Caller caller, Query query) {
    return unitOfWork.inTransaction(
        () -> {
          Map<ApplicationId, Long> keys =
              directory
                  .keys(caller, Optional.empty())
                  .collect(Collectors.groupingBy(KeyDetails::bearer, Collectors.counting()));
          return Page.of(
                  directory
                      .applications(caller, query.organization())
                      .filter(query::matches)
                      .sorted(query.order().comparator())
                      .toList(),
                  query.page())
              .map(one -> new CountedApplication(one, keys.getOrDefault(one.id(), 0L)));
        });
  }
}
