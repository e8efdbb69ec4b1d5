package io.gantry.application.iam;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.domain.identity.KeyDetails;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Lists the keys of the caller's organization that the caller may see. */
public final class ListApiKeys {
  private final Directory directory;
  private final UnitOfWork unitOfWork;
  private final Clock clock;

  public ListApiKeys(Directory directory, UnitOfWork unitOfWork, Clock clock) {
    this.directory = directory;
    this.unitOfWork = unitOfWork;
    this.clock = clock;
  }

  /**
   * What to list; filters that match nothing give an empty list.
   *
   * @param accessKeys all if empty
   * @param bearers if present, only what these bear
   */
  public record Query(
      Optional<OrganizationId> organization,
      Optional<Boolean> editable,
      Optional<Boolean> expired,
      Set<String> accessKeys,
      Optional<String> description,
      Optional<Set<ApplicationId>> bearers,
      ApiKeyOrder order,
      PageRequest page) {

    private boolean matches(KeyDetails details, Instant now) {
      return Filters.same(editable, details.origin().isEditable())
          && Filters.same(expired, details.key().isExpiredAt(now))
          && Filters.same(description, details.key().description())
          && Filters.oneOf(accessKeys, details.key().accessKey().value())
          && bearers.map(wanted -> wanted.contains(details.bearer())).orElse(true);
    }
  }

  public Page<KeyDetails> handle(Caller caller, Query query) {
    Instant now = clock.instant();
    return unitOfWork.inTransaction(
        () ->
            Page.of(
                directory
                    .keys(caller, query.organization())
                    .filter(key -> query.matches(key, now))
                    .sorted(query.order().comparator())
                    .toList(),
                query.page()));
  }
}
