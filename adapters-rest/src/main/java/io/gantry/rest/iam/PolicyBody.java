package io.gantry.rest.iam;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.domain.identity.Policy;
import io.gantry.domain.identity.Rule;
import io.gantry.rest.Timestamps;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A policy on the wire; it says who has it, or that nobody has. */
@RegisterForReflection
record PolicyBody(
    String id,
    String name,
    String description,
    String organizationId,
    String createdAt,
    String updatedAt,
    boolean editable,
    boolean deletable,
    boolean managed,
    long nbRules,
    long nbScopes,
    long nbPermissionSets,
    List<String> tags,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String applicationId,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean noPrincipal) {

  static PolicyBody from(Policy policy) {
    boolean editable = policy.origin().isEditable();
    return new PolicyBody(
        policy.id().toString(),
        policy.label().name(),
        policy.label().description(),
        policy.organization().toString(),
        Timestamps.write(policy.createdAt()),
        Timestamps.write(policy.updatedAt()),
        editable,
        editable,
        !editable,
        policy.rules().size(),
        policy.rules().stream().map(Rule::scope).distinct().count(),
        policy.permissionSets().size(),
        policy.label().tags(),
        policy.principal().map(ApplicationId::toString).orElse(null),
        policy.principal().isPresent() ? null : Boolean.TRUE);
  }
}
