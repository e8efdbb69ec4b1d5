package io.gantry.application.iam;

import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import java.util.stream.Stream;

/** Lists the permission sets that there are. */
public final class ListPermissionSets {
  private final AccessPolicy access;

  public ListPermissionSets(AccessPolicy access) {
    this.access = access;
  }

  /** The same for every key. */
  public Page<PermissionSet> handle(Caller caller, PermissionSetOrder order, PageRequest page) {
    var _ = access.requireKey(caller);
    return Page.of(Stream.of(PermissionSet.values()).sorted(order.comparator()).toList(), page);
  }
}
