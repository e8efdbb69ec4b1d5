package io.gantry.rest.iam;

import io.gantry.domain.identity.Policy;
import io.gantry.domain.paging.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of policies on the wire. */
@RegisterForReflection
record PolicyListBody(List<PolicyBody> policies, long totalCount) {

  static PolicyListBody from(Page<Policy> page) {
    return new PolicyListBody(page.map(PolicyBody::from).items(), page.totalCount());
  }
}
