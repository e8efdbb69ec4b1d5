package io.gantry.domain.identity;

import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Grants;
import io.gantry.domain.access.ProjectId;
import java.time.Instant;
import java.util.Optional;

/**
 * An API key as it is managed.
 *
 * @param key with the rights it has now
 * @param bearer whose rights these are
 * @param lastUsedAt about when it last let somebody in, if ever
 */
public record KeyDetails(
    ApiKey key,
    ApplicationId bearer,
    Origin origin,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> lastUsedAt) {

  /** A key that is made now; an {@code InvalidArgument} if its description is too long. */
  public static KeyDetails made(ApiKey key, ApplicationId bearer, Instant now) {
    Label.checkDescription(key.description());
    return new KeyDetails(key, bearer, Origin.MADE, now, now, Optional.empty());
  }

  /** With other terms, from now on; an {@code InvalidArgument} if the description is too long. */
  public KeyDetails onTerms(
      String description, ProjectId defaultProject, Optional<Instant> expiresAt, Instant now) {
    Label.checkDescription(description);
    ApiKey changed =
        new ApiKey(
            key.accessKey(),
            key.secretHash(),
            key.organization(),
            defaultProject,
            key.grants(),
            description,
            expiresAt);
    return new KeyDetails(changed, bearer, origin, createdAt, now, lastUsedAt);
  }

  /** With these rights: what its bearer has now. */
  public KeyDetails with(Grants grants) {
    ApiKey changed =
        new ApiKey(
            key.accessKey(),
            key.secretHash(),
            key.organization(),
            key.defaultProject(),
            grants,
            key.description(),
            key.expiresAt());
    return new KeyDetails(changed, bearer, origin, createdAt, updatedAt, lastUsedAt);
  }
}
