package io.gantry.rest.iam;

import io.gantry.domain.identity.Policy;
import io.gantry.domain.identity.Rule;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of a policy's rules on the wire. */
@RegisterForReflection
record RuleListBody(List<RuleBody> rules, long totalCount) {

  static RuleListBody from(Policy policy, PageRequest request) {
    Page<Rule> page = Page.of(policy.rules(), request);
    return new RuleListBody(
        page.map(rule -> RuleBody.from(rule, policy.organization())).items(), page.totalCount());
  }
}
