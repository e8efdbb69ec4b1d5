package io.gantry.application.iam;

import io.gantry.application.access.NameFilter;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.domain.identity.Policy;
import io.gantry.domain.identity.PolicyId;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import java.util.Optional;
import java.util.Set;

/** Lists the policies of the caller's organization, those of configured keys among them. */
public final class ListPolicies {
  private final Directory directory;
  private final UnitOfWork unitOfWork;

  public ListPolicies(Directory directory, UnitOfWork unitOfWork) {
    this.directory = directory;
    this.unitOfWork = unitOfWork;
  }

  /**
   * What to list; filters that match nothing give an empty list.
   *
   * @param ids all if empty
   * @param principals if present, only what is given to these
   * @param noPrincipal whether only those for nobody, or only those for somebody
   * @param tag a text that a tag contains
   */
  public record Query(
      Optional<OrganizationId> organization,
      NameFilter name,
      Optional<Boolean> editable,
      Set<PolicyId> ids,
      Optional<Set<ApplicationId>> principals,
      Optional<Boolean> noPrincipal,
      Optional<String> tag,
      PolicyOrder order,
      PageRequest page) {

    private boolean matches(Policy policy) {
      return name.matches(policy.label().name())
          && Filters.same(editable, policy.origin().isEditable())
          && Filters.oneOf(ids, policy.id())
          && principals.map(wanted -> wanted.stream().anyMatch(policy::isOf)).orElse(true)
          && Filters.same(noPrincipal, policy.principal().isEmpty())
          && Filters.tagged(tag, policy.label());
    }
  }

  public Page<Policy> handle(Caller caller, Query query) {
    return unitOfWork.inTransaction(
        () ->
            Page.of(
                directory
                    .policies(caller, query.organization())
                    .filter(query::matches)
                    .sorted(query.order().comparator())
                    .toList(),
                query.page()));
  }
}
