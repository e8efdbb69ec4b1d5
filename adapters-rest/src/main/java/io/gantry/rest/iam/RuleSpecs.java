package io.gantry.rest.iam;

import static io.gantry.domain.error.RegistryException.notAllowed;

import io.gantry.application.iam.RuleSpec;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.error.Uuids;
import io.gantry.rest.RequestBody;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules in requests. */
final class RuleSpecs {
  private RuleSpecs() {}

  static List<RuleSpec> read(RequestBody body) {
    return body.objects("rules").stream().map(RuleSpecs::rule).toList();
  }

  private static RuleSpec rule(RequestBody body) {
    if (body.value("condition", text -> text).isPresent()) {
      throw notAllowed("rules.condition", "must be empty: a rule here holds always or not at all");
    }
    return new RuleSpec(
        set("permission_set_names", body, RuleSpecs::permissionSet),
        body.value(
            "organization_id",
            text -> new OrganizationId(Uuids.parse("rules.organization_id", text))),
        set("project_ids", body, text -> new ProjectId(Uuids.parse("rules.project_ids", text))));
  }

  private static <T> Set<T> set(String name, RequestBody body, Function<String, T> reader) {
    return body.texts(name).orElse(List.of()).stream()
        .map(reader)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static PermissionSet permissionSet(String name) {
    return PermissionSet.find(name)
        .orElseThrow(
            () ->
                notAllowed(
                    "rules.permission_set_names",
                    "must be among "
                        + Stream.of(PermissionSet.values())
                            .map(PermissionSet::publishedName)
                            .collect(Collectors.joining(", "))));
  }
}
