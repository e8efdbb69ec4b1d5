package io.gantry.bootstrap.access;

import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.Grants;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.Project;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretKey;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A key that may do everything in an organization, of which it names the default project. */
record FirstKey(
    AccessKey accessKey, SecretKey secretKey, OrganizationId organization, ProjectId project) {
  private static final int RANDOM_LENGTH = 17;
  private static final Set<PermissionSet> EVERYTHING =
      Set.of(PermissionSet.ALL_PRODUCTS_FULL_ACCESS);

  /**
   * Fills in what is not given. All of it follows from the secret, so every replica that is
   * configured with one secret comes to the same key. As with the published service, the default
   * project has its organization's id.
   */
  static FirstKey completed(
      SecretKey secretKey,
      Optional<AccessKey> accessKey,
      Optional<OrganizationId> organization,
      Optional<ProjectId> project) {
    OrganizationId owner =
        organization.orElseGet(
            () ->
                new OrganizationId(
                    project.map(ProjectId::value).orElseGet(() -> derivedId(secretKey))));
    return new FirstKey(
        accessKey.orElseGet(() -> derivedAccessKey(secretKey)),
        secretKey,
        owner,
        project.orElseGet(() -> new ProjectId(owner.value())));
  }

  Identity identity() {
    var key =
        new ApiKey(
            accessKey,
            secretKey.hash(),
            organization,
            project,
            new Grants(EVERYTHING, Map.of(project, EVERYTHING)),
            "first key",
            Optional.empty());
    return new Identity(List.of(new Project(project, organization, "default")), List.of(key));
  }

  private static AccessKey derivedAccessKey(SecretKey secretKey) {
    String letters =
        new BigInteger(1, derived("access key", secretKey))
            .toString(Character.MAX_RADIX)
            .toUpperCase(Locale.ROOT);
    return new AccessKey("SCW" + letters.substring(letters.length() - RANDOM_LENGTH));
  }

  private static UUID derivedId(SecretKey secretKey) {
    ByteBuffer bytes = ByteBuffer.wrap(derived("organization", secretKey));
    long high = (bytes.getLong() & ~0xF000L) | 0x8000L;
    long low = (bytes.getLong() & ~(0b11L << 62)) | (0b10L << 62);
    return new UUID(high, low);
  }

  private static byte[] derived(String what, SecretKey secretKey) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest((what + " of " + secretKey.reveal()).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
