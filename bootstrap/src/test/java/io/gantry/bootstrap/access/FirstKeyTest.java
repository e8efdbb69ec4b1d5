package io.gantry.bootstrap.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretKey;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FirstKeyTest {
  private static final SecretKey SECRET = SecretKey.of(UUID.randomUUID());

  @Test
  void replicasWithOneSecretAgreeOnTheRest() {
    assertThat(fromSecret(SECRET)).isEqualTo(fromSecret(SECRET));
  }

  @RepeatedTest(20)
  void anySecretMakesAnAccessKey() {
    FirstKey key = fromSecret(SecretKey.of(UUID.randomUUID()));

    assertThat(key.accessKey().value()).startsWith("SCW").hasSize(20);
    assertThat(key.project().value()).isEqualTo(key.organization().value());
  }

  @Test
  void keepsWhatIsGiven() {
    var accessKey = new AccessKey("SCWBBBBBBBBBBBBBBBBB");
    var organization = new OrganizationId(UUID.randomUUID());
    var project = new ProjectId(UUID.randomUUID());

    FirstKey key =
        FirstKey.completed(
            SECRET, Optional.of(accessKey), Optional.of(organization), Optional.of(project));

    assertThat(key).isEqualTo(new FirstKey(accessKey, SECRET, organization, project));
  }

  @Test
  void comesBackFromItsFile(@TempDir Path folder) throws Exception {
    FirstKey key = fromSecret(SECRET);
    FirstKeyFile.in(folder).write(key);

    FirstKey read = FirstKeyFile.in(folder).read().orElseThrow();

    assertThat(read.secretKey().reveal()).isEqualTo(SECRET.reveal());
    assertThat(read.identity()).isEqualTo(key.identity());
  }

  private static FirstKey fromSecret(SecretKey secret) {
    return FirstKey.completed(secret, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
