package io.gantry.rest.iam;

import io.gantry.domain.identity.Policy;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** All rules of a policy on the wire. */
@RegisterForReflection
record RulesBody(List<RuleBody> rules) {

  static RulesBody from(Policy policy) {
    return new RulesBody(
        policy.rules().stream().map(rule -> RuleBody.from(rule, policy.organization())).toList());
  }
}
