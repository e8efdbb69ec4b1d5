package io.gantry.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.PermissionDenied;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what to projects, keys, applications and policies. */
final class IdentityAccessTest {
  private static final OrganizationId OURS = new OrganizationId(UUID.randomUUID());
  private static final OrganizationId THEIRS = new OrganizationId(UUID.randomUUID());
  private static final ProjectId PROJECT = new ProjectId(UUID.randomUUID());
  private static final AccessKey OWN_KEY = new AccessKey("SCWOWNXXXXXXXXXXXXXX");

  private final AccessPolicy policy = new AccessPolicy();

  enum Held {
    EVERYWHERE,
    IN_THE_PROJECT
  }

  enum Thing {
    PROJECT,
    OWN_KEY,
    OTHER_KEY,
    APPLICATION,
    POLICY;

    IdentityResource in(OrganizationId organization) {
      return switch (this) {
        case PROJECT ->
            new IdentityResource(
                ResourceType.PROJECT, IdentityAccessTest.PROJECT.toString(), organization);
        case OWN_KEY ->
            new IdentityResource(
                ResourceType.API_KEY, IdentityAccessTest.OWN_KEY.value(), organization);
        case OTHER_KEY ->
            new IdentityResource(ResourceType.API_KEY, "SCWOTHERXXXXXXXXXXXX", organization);
        case APPLICATION -> new IdentityResource(ResourceType.APPLICATION, "id", organization);
        case POLICY -> new IdentityResource(ResourceType.POLICY, "id", organization);
      };
    }
  }

  enum Answer {
    ALLOWED,
    DENIED,
    NOT_FOUND
  }

  static Stream<Arguments> table() {
    List<Arguments> rows = new ArrayList<>();
    for (PermissionSet set : PermissionSet.values()) {
      for (Held held : Held.values()) {
        for (Thing thing : Thing.values()) {
          for (Action action : List.of(Action.READ, Action.WRITE)) {
            rows.add(Arguments.of(set, held, thing, action, expected(set, held, thing, action)));
          }
        }
      }
    }
    return rows.stream();
  }

  private static Answer expected(PermissionSet set, Held held, Thing thing, Action action) {
    if (held == Held.EVERYWHERE && manages(set, thing)) return Answer.ALLOWED;
    if (!sees(set, thing)) return Answer.NOT_FOUND;
    return action == Action.READ ? Answer.ALLOWED : Answer.DENIED;
  }

  private static boolean manages(PermissionSet set, Thing thing) {
    return switch (set) {
      case ALL_PRODUCTS_FULL_ACCESS, IAM_MANAGER -> true;
      case PROJECT_MANAGER -> thing == Thing.PROJECT;
      case CONTAINER_REGISTRY_READ_ONLY, CONTAINER_REGISTRY_FULL_ACCESS, ALL_PRODUCTS_READ_ONLY ->
          false;
    };
  }

  private static boolean sees(PermissionSet set, Thing thing) {
    return switch (thing) {
      case OWN_KEY -> true;
      case PROJECT -> set != PermissionSet.IAM_MANAGER && set != PermissionSet.PROJECT_MANAGER;
      case OTHER_KEY, APPLICATION, POLICY -> false;
    };
  }

  @ParameterizedTest(name = "{0} {1}: {3} of {2} is {4}")
  @MethodSource("table")
  void answersAsTheTableSays(
      PermissionSet set, Held held, Thing thing, Action action, Answer expected) {
    Caller caller = caller(set, held);

    assertThat(answer(caller, action, thing.in(OURS))).isEqualTo(expected);
    assertThat(policy.permits(caller, action, thing.in(OURS)))
        .isEqualTo(expected == Answer.ALLOWED);
  }

  @ParameterizedTest(name = "{0} {1}: {3} of {2} elsewhere")
  @MethodSource("table")
  void anotherOrganizationDoesNotExist(
      PermissionSet set, Held held, Thing thing, Action action, Answer unused) {
    assertThat(answer(caller(set, held), action, thing.in(THEIRS))).isEqualTo(Answer.NOT_FOUND);
  }

  @ParameterizedTest(name = "{0} {1}: {3} of {2} by token")
  @MethodSource("table")
  void aTokenOfTheDataPlaneIsGoodForNoneOfIt(
      PermissionSet set, Held held, Thing thing, Action action, Answer unused) {
    Caller byToken =
        new Caller(
            caller(set, held).principal(),
            Optional.of(Set.of(new Scope("demo/app", Set.of(Action.values())))));

    assertThat(policy.permits(byToken, action, thing.in(OURS))).isFalse();
  }

  private static Caller caller(PermissionSet set, Held held) {
    Grants grants =
        held == Held.EVERYWHERE
            ? new Grants(Set.of(set), Map.of())
            : Grants.inProjects(Map.of(PROJECT, Set.of(set)));
    return Caller.of(
        new KeyHolder(
            new ApiKey(
                OWN_KEY,
                SecretKey.of(UUID.randomUUID()).hash(),
                OURS,
                PROJECT,
                grants,
                "",
                Optional.empty())));
  }

  private Answer answer(Caller caller, Action action, IdentityResource resource) {
    try {
      policy.require(caller, action, resource);
      return Answer.ALLOWED;
    } catch (RegistryException e) {
      return switch (e.error()) {
        case NotFound _ -> Answer.NOT_FOUND;
        case PermissionDenied _ -> Answer.DENIED;
        default -> throw e;
      };
    }
  }
}
