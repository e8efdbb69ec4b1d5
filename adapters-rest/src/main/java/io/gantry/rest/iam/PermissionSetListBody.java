package io.gantry.rest.iam;

import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.paging.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of permission sets on the wire. */
@RegisterForReflection
record PermissionSetListBody(List<PermissionSetBody> permissionSets, long totalCount) {

  static PermissionSetListBody from(Page<PermissionSet> page) {
    return new PermissionSetListBody(page.map(PermissionSetBody::from).items(), page.totalCount());
  }
}
