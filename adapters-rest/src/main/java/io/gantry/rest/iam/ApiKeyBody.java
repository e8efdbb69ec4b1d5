package io.gantry.rest.iam;

import io.gantry.application.iam.IssuedKey;
import io.gantry.domain.identity.KeyDetails;
import io.gantry.rest.Timestamps;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * An API key on the wire. {@code last_used_at} is not in the published API, and no client minds.
 *
 * @param secretKey only in the answer that made it
 */
@RegisterForReflection
record ApiKeyBody(
    String accessKey,
    @Nullable String secretKey,
    String description,
    String createdAt,
    String updatedAt,
    @Nullable String expiresAt,
    String defaultProjectId,
    boolean editable,
    boolean deletable,
    boolean managed,
    String creationIp,
    String applicationId,
    @Nullable String lastUsedAt) {

  static ApiKeyBody from(KeyDetails details) {
    return of(details, null);
  }

  static ApiKeyBody from(IssuedKey issued) {
    return of(issued.details(), issued.secret().reveal());
  }

  private static ApiKeyBody of(KeyDetails details, @Nullable String secret) {
    boolean editable = details.origin().isEditable();
    return new ApiKeyBody(
        details.key().accessKey().value(),
        secret,
        details.key().description(),
        Timestamps.write(details.createdAt()),
        Timestamps.write(details.updatedAt()),
        details.key().expiresAt().map(Timestamps::write).orElse(null),
        details.key().defaultProject().toString(),
        editable,
        editable,
        !editable,
        "",
        details.bearer().toString(),
        details.lastUsedAt().map(Timestamps::write).orElse(null));
  }
}
