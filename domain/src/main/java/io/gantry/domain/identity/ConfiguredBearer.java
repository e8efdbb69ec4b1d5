package io.gantry.domain.identity;

import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Grants;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.identity.Rule.Everywhere;
import io.gantry.domain.identity.Rule.InProjects;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The application and the policy that stand for a key from configuration, so that everybody who
 * reads keys by way of their bearer sees what it may do. They are not stored; their ids follow from
 * the access key.
 */
public final class ConfiguredBearer {
  private ConfiguredBearer() {}

  public static ApplicationId idOf(AccessKey accessKey) {
    return new ApplicationId(derived("application", accessKey));
  }

  public static Application application(KeyDetails details) {
    return new Application(
        details.bearer(),
        details.key().organization(),
        label(details.key(), "bears a key from configuration"),
        Origin.CONFIGURED,
        details.createdAt(),
        details.updatedAt());
  }

  public static Policy policy(KeyDetails details) {
    ApiKey key = details.key();
    return new Policy(
        new PolicyId(derived("policy", key.accessKey())),
        key.organization(),
        label(key, "gives a key from configuration its rights"),
        Origin.CONFIGURED,
        Optional.of(details.bearer()),
        rules(key),
        details.createdAt(),
        details.updatedAt());
  }

  private static Label label(ApiKey key, String description) {
    return new Label("configured " + key.accessKey(), description);
  }

  /** Projects with the same sets share a rule, and a rule has sets of one kind of scope. */
  private static List<Rule> rules(ApiKey key) {
    Grants grants = key.grants();
    List<Rule> rules = new ArrayList<>();
    grants.everywhere().stream()
        .collect(
            Collectors.partitioningBy(
                PermissionSet::isForOrganizationsOnly, Collectors.toUnmodifiableSet()))
        .forEach((_, sets) -> add(rules, key, sets, new Everywhere()));
    grants.inProjects().keySet().stream()
        .collect(
            Collectors.groupingBy(
                project -> meaningful(grants.inProjects().getOrDefault(project, Set.of())),
                Collectors.toUnmodifiableSet()))
        .forEach((sets, projects) -> add(rules, key, sets, new InProjects(projects)));
    return rules;
  }

  private static Set<PermissionSet> meaningful(Set<PermissionSet> inProject) {
    return inProject.stream()
        .filter(set -> !set.isForOrganizationsOnly())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static void add(List<Rule> rules, ApiKey key, Set<PermissionSet> sets, Rule.Scope scope) {
    if (sets.isEmpty()) return;
    rules.add(new Rule(derived("rule " + rules.size(), key.accessKey()), sets, scope));
  }

  private static UUID derived(String what, AccessKey accessKey) {
    return UUID.nameUUIDFromBytes((what + " of " + accessKey).getBytes(StandardCharsets.UTF_8));
  }
}
