package io.gantry.domain.access;

import static io.gantry.domain.access.AccessPolicyTest.Answer.ALLOWED;
import static io.gantry.domain.access.AccessPolicyTest.Answer.DENIED;
import static io.gantry.domain.access.AccessPolicyTest.Answer.LOG_IN;
import static io.gantry.domain.access.AccessPolicyTest.Answer.NOT_FOUND;
import static io.gantry.domain.access.AccessPolicyTest.Answer.OTHER_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.gantry.domain.access.Principal.KeyHolder;
import io.gantry.domain.error.RegistryError.NotFound;
import io.gantry.domain.error.RegistryError.PermissionDenied;
import io.gantry.domain.error.RegistryError.Unauthenticated;
import io.gantry.domain.error.RegistryError.Unauthenticated.Cause;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class AccessPolicyTest {
  private static final ProjectId PROJECT = Keys.aProject();
  private static final String PATH = "demo/app";
  private static final String ACCESS_KEY = "SCWAAAAAAAAAAAAAAAAA";

  private static final OrganizationId OURS = new OrganizationId(UUID.randomUUID());
  private static final OrganizationId THEIRS = new OrganizationId(UUID.randomUUID());

  private final AccessPolicy policy =
      new AccessPolicy(id -> Optional.of(OURS).filter(_ -> id.equals(PROJECT)));

  enum Answer {
    ALLOWED,
    LOG_IN,
    NOT_FOUND,
    DENIED,
    OTHER_TOKEN
  }

  /**
   * Who calls; the permission is on the owning project unless they are a stranger, or hold it in
   * all of an organization: the owning project's, or a strange one.
   */
  enum Who {
    ANONYMOUS,
    STRANGER,
    REGISTRY_READER,
    PRODUCTS_READER,
    REGISTRY_WRITER,
    PRODUCTS_WRITER,
    BOTH,
    READER_EVERYWHERE,
    WRITER_EVERYWHERE,
    OWNER_EVERYWHERE,
    MANAGER_EVERYWHERE,
    STRANGE_OWNER_EVERYWHERE;

    PermissionSet[] sets() {
      return switch (this) {
        case ANONYMOUS, STRANGER -> new PermissionSet[0];
        case READER_EVERYWHERE -> new PermissionSet[] {PermissionSet.CONTAINER_REGISTRY_READ_ONLY};
        case WRITER_EVERYWHERE ->
            new PermissionSet[] {PermissionSet.CONTAINER_REGISTRY_FULL_ACCESS};
        case OWNER_EVERYWHERE, STRANGE_OWNER_EVERYWHERE ->
            new PermissionSet[] {PermissionSet.ALL_PRODUCTS_FULL_ACCESS};
        case MANAGER_EVERYWHERE -> new PermissionSet[] {PermissionSet.IAM_MANAGER};
        case REGISTRY_READER -> new PermissionSet[] {PermissionSet.CONTAINER_REGISTRY_READ_ONLY};
        case PRODUCTS_READER -> new PermissionSet[] {PermissionSet.ALL_PRODUCTS_READ_ONLY};
        case REGISTRY_WRITER -> new PermissionSet[] {PermissionSet.CONTAINER_REGISTRY_FULL_ACCESS};
        case PRODUCTS_WRITER -> new PermissionSet[] {PermissionSet.ALL_PRODUCTS_FULL_ACCESS};
        case BOTH ->
            new PermissionSet[] {
              PermissionSet.CONTAINER_REGISTRY_READ_ONLY,
              PermissionSet.CONTAINER_REGISTRY_FULL_ACCESS
            };
      };
    }

    boolean writes() {
      return switch (this) {
        case REGISTRY_WRITER, PRODUCTS_WRITER, BOTH, WRITER_EVERYWHERE, OWNER_EVERYWHERE -> true;
        default -> false;
      };
    }

    Principal principal() {
      return switch (this) {
        case ANONYMOUS -> new Principal.Anonymous();
        case STRANGER ->
            new KeyHolder(
                Keys.aKey(ACCESS_KEY, Keys.aProject(), PermissionSet.ALL_PRODUCTS_FULL_ACCESS));
        case REGISTRY_READER, PRODUCTS_READER, REGISTRY_WRITER, PRODUCTS_WRITER, BOTH ->
            new KeyHolder(Keys.aKey(ACCESS_KEY, PROJECT, sets()));
        case READER_EVERYWHERE, WRITER_EVERYWHERE, OWNER_EVERYWHERE, MANAGER_EVERYWHERE ->
            everywhere(OURS);
        case STRANGE_OWNER_EVERYWHERE -> everywhere(THEIRS);
      };
    }

    private KeyHolder everywhere(OrganizationId organization) {
      return new KeyHolder(
          new ApiKey(
              new AccessKey(ACCESS_KEY),
              SecretKey.of(UUID.randomUUID()).hash(),
              organization,
              Keys.aProject(),
              new Grants(Set.of(sets()), Map.of()),
              "",
              Optional.empty()));
    }
  }

  /** What the caller's token, if any, was issued for. */
  enum TokenFor {
    NOTHING_IN_PARTICULAR,
    THIS_REPOSITORY_AND_ACTION,
    THIS_REPOSITORY_AND_OTHER_ACTIONS,
    ANOTHER_REPOSITORY,
    NO_REPOSITORY;

    Optional<Set<Scope>> scopes(Action action) {
      return switch (this) {
        case NOTHING_IN_PARTICULAR -> Optional.empty();
        case THIS_REPOSITORY_AND_ACTION -> Optional.of(Set.of(new Scope(PATH, Set.of(action))));
        case THIS_REPOSITORY_AND_OTHER_ACTIONS ->
            Optional.of(Set.of(new Scope(PATH, EnumSet.complementOf(EnumSet.of(action)))));
        case ANOTHER_REPOSITORY ->
            Optional.of(Set.of(new Scope("demo/other", EnumSet.allOf(Action.class))));
        case NO_REPOSITORY -> Optional.of(Set.of());
      };
    }

    boolean covers() {
      return this == NOTHING_IN_PARTICULAR || this == THIS_REPOSITORY_AND_ACTION;
    }
  }

  enum Openness {
    PUBLIC,
    PRIVATE
  }

  /** Every principal, action, visibility and token, with the answer the rules of this page give. */
  static Stream<Arguments> table() {
    List<Arguments> rows = new ArrayList<>();
    for (ResourceType type : List.of(ResourceType.REPOSITORY, ResourceType.NAMESPACE)) {
      for (Who who : Who.values()) {
        for (Action action : Action.values()) {
          for (Openness openness : Openness.values()) {
            for (TokenFor token : TokenFor.values()) {
              Answer answer = expected(type, who, action, openness, token);
              rows.add(Arguments.of(type, who, action, openness, token, answer));
            }
          }
        }
      }
    }
    return rows.stream();
  }

  private static Answer expected(
      ResourceType type, Who who, Action action, Openness openness, TokenFor token) {
    if (openness == Openness.PUBLIC && action == Action.PULL) return ALLOWED;
    boolean visiblePublicly = openness == Openness.PUBLIC && type == ResourceType.REPOSITORY;
    boolean changes = action != Action.READ && action != Action.PULL;
    return switch (who) {
      case ANONYMOUS -> LOG_IN;
      case STRANGER, MANAGER_EVERYWHERE, STRANGE_OWNER_EVERYWHERE ->
          visiblePublicly ? DENIED : NOT_FOUND;
      case REGISTRY_READER,
          PRODUCTS_READER,
          REGISTRY_WRITER,
          PRODUCTS_WRITER,
          BOTH,
          READER_EVERYWHERE,
          WRITER_EVERYWHERE,
          OWNER_EVERYWHERE -> {
        if (changes && !who.writes()) yield DENIED;
        yield token.covers() ? ALLOWED : OTHER_TOKEN;
      }
    };
  }

  @ParameterizedTest(name = "{0}: {1} wants to {2} a {3} one with a token for {4}: {5}")
  @MethodSource("table")
  void answersAsTheTableSays(
      ResourceType type,
      Who who,
      Action action,
      Openness openness,
      TokenFor token,
      Answer expected) {
    Caller caller = new Caller(who.principal(), token.scopes(action));
    Resource resource = new Resource(type, PATH, PROJECT, openness == Openness.PUBLIC);

    assertThat(answer(caller, action, resource)).isEqualTo(expected);
    assertThat(policy.permits(caller, action, resource)).isEqualTo(expected == ALLOWED);
  }

  @Test
  void hiddenAndAbsentThingsLookTheSame() {
    Caller stranger = Caller.of(Who.STRANGER.principal());
    Resource hidden = new Resource(ResourceType.IMAGE, PATH, PROJECT, false);
    RegistryException absent = policy.absent(stranger, ResourceType.IMAGE, PATH);

    assertThatThrownBy(() -> policy.require(stranger, Action.READ, hidden))
        .asInstanceOf(type(RegistryException.class))
        .extracting(RegistryException::error)
        .isEqualTo(absent.error());
  }

  @Test
  void asksSomebodyUnknownToLogInWhetherItExistsOrNot() {
    assertThat(policy.absent(Caller.ANONYMOUS, ResourceType.IMAGE, PATH).error())
        .isEqualTo(new Unauthenticated(Cause.MISSING));
  }

  @Test
  void tellsWhichKeyCalls() {
    KeyHolder holder = new KeyHolder(Keys.aKey(ACCESS_KEY, PROJECT));

    assertThat(policy.requireKey(Caller.of(holder))).isEqualTo(holder);
    assertThatThrownBy(() -> policy.requireKey(Caller.ANONYMOUS))
        .asInstanceOf(type(RegistryException.class))
        .extracting(RegistryException::error)
        .isEqualTo(new Unauthenticated(Cause.MISSING));
  }

  private Answer answer(Caller caller, Action action, Resource resource) {
    try {
      policy.require(caller, action, resource);
      return ALLOWED;
    } catch (RegistryException e) {
      return switch (e.error()) {
        case NotFound _ -> NOT_FOUND;
        case PermissionDenied _ -> DENIED;
        case Unauthenticated(Cause cause) when cause == Cause.MISSING -> LOG_IN;
        case Unauthenticated(Cause cause) when cause == Cause.INSUFFICIENT_SCOPE -> OTHER_TOKEN;
        default -> throw e;
      };
    }
  }
}
