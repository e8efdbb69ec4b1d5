package io.gantry.domain.access;

import static io.gantry.domain.access.Keys.aKey;
import static io.gantry.domain.access.Keys.aProject;
import static io.gantry.domain.access.Keys.anOrganization;
import static io.gantry.domain.access.PermissionSet.ALL_PRODUCTS_READ_ONLY;
import static io.gantry.domain.access.PermissionSet.CONTAINER_REGISTRY_FULL_ACCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.error.RegistryError.AlreadyExists;
import io.gantry.domain.error.RegistryException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every {@link KeyRepository} does; it is empty before each test. */
public abstract class KeyRepositoryContract {
  private static final String ONE = "SCWAAAAAAAAAAAAAAAAA";
  private static final String TWO = "SCWBBBBBBBBBBBBBBBBB";

  private final Project project = new Project(aProject(), anOrganization(), "default");
  private final ApiKey one = aKey(ONE, project.id(), CONTAINER_REGISTRY_FULL_ACCESS);
  private final ApiKey two = aKey(TWO, project.id());

  protected abstract KeyRepository keys();

  protected abstract UnitOfWork unitOfWork();

  @Test
  void findsKeysByEitherHalf() {
    replace(one, two);

    assertThat(inTransaction(() -> keys().findBySecret(one.secretHash()))).contains(one);
    assertThat(findByAccessKey(two)).contains(two);
  }

  @Test
  void findsNothingThatIsUnknown() {
    SecretHash unknown = SecretKey.of(UUID.randomUUID()).hash();

    assertThat(inTransaction(() -> keys().findBySecret(unknown))).isEmpty();
    assertThat(findByAccessKey(one)).isEmpty();
    assertThat(inTransaction(() -> keys().findProject(project.id()))).isEmpty();
    assertThat(inTransaction(() -> keys().anyKey())).isFalse();
  }

  @Test
  void findsProjects() {
    replace(one);

    assertThat(inTransaction(() -> keys().findProject(project.id()))).contains(project);
    assertThat(inTransaction(() -> keys().anyKey())).isTrue();
  }

  @Test
  void keepsEveryGrantAndTheTimeOfExpiry() {
    Project other = new Project(aProject(), project.organization(), "other");
    ApiKey key =
        new ApiKey(
            new AccessKey(ONE),
            one.secretHash(),
            project.organization(),
            other.id(),
            Map.of(
                project.id(),
                Set.of(CONTAINER_REGISTRY_FULL_ACCESS, ALL_PRODUCTS_READ_ONLY),
                other.id(),
                Set.of(ALL_PRODUCTS_READ_ONLY)),
            "a description",
            Optional.of(Instant.parse("2030-01-02T03:04:05.678901Z")));

    unitOfWork().run(() -> keys().replaceConfigured(List.of(project, other), List.of(key)));

    assertThat(findByAccessKey(key)).contains(key);
  }

  @Test
  void replacingChangesKeysAndProjects() {
    replace(one);
    Project renamed = new Project(project.id(), project.organization(), "renamed");
    ApiKey changed = aKey(ONE, project.id(), ALL_PRODUCTS_READ_ONLY);

    unitOfWork().run(() -> keys().replaceConfigured(List.of(renamed), List.of(changed)));

    assertThat(findByAccessKey(one)).contains(changed);
    assertThat(inTransaction(() -> keys().findBySecret(one.secretHash()))).isEmpty();
    assertThat(inTransaction(() -> keys().findProject(project.id()))).contains(renamed);
  }

  @Test
  void replacingWithTheSameChangesNothing() {
    replace(one, two);
    replace(one, two);

    assertThat(findByAccessKey(one)).contains(one);
    assertThat(findByAccessKey(two)).contains(two);
  }

  @Test
  void replacingRemovesKeysThatAreNotGivenButNoProjects() {
    replace(one, two);

    unitOfWork().run(() -> keys().replaceConfigured(List.of(), List.of()));

    assertThat(findByAccessKey(one)).isEmpty();
    assertThat(inTransaction(() -> keys().anyKey())).isFalse();
    assertThat(inTransaction(() -> keys().findProject(project.id()))).contains(project);
  }

  @Test
  void twoKeysMayExchangeTheirSecrets() {
    replace(one, two);
    ApiKey newOne = withSecretOf(one, two);
    ApiKey newTwo = withSecretOf(two, one);

    replace(newOne, newTwo);

    assertThat(findByAccessKey(one)).contains(newOne);
    assertThat(findByAccessKey(two)).contains(newTwo);
  }

  @Test
  void refusesTwoKeysWithOneSecret() {
    assertThatThrownBy(() -> replace(one, withSecretOf(two, one)))
        .asInstanceOf(type(RegistryException.class))
        .extracting(RegistryException::error)
        .isInstanceOf(AlreadyExists.class);
    assertThat(inTransaction(() -> keys().anyKey())).isFalse();
  }

  private static ApiKey withSecretOf(ApiKey key, ApiKey other) {
    return new ApiKey(
        key.accessKey(),
        other.secretHash(),
        key.organization(),
        key.defaultProject(),
        key.grants(),
        key.description(),
        key.expiresAt());
  }

  private void replace(ApiKey... given) {
    unitOfWork().run(() -> keys().replaceConfigured(List.of(project), List.of(given)));
  }

  private Optional<ApiKey> findByAccessKey(ApiKey key) {
    return inTransaction(() -> keys().findByAccessKey(key.accessKey()));
  }

  private <T> T inTransaction(Supplier<T> work) {
    return unitOfWork().inTransaction(work);
  }
}
