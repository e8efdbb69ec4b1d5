package io.gantry.bootstrap.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.gantry.domain.access.ApiKey;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeysFileTest {
  private static final String SECRET = "33333333-3333-4333-8333-333333333333";
  private static final String PROJECT = "22222222-2222-4222-8222-222222222222";
  private static final String VALID =
      """
      {"organizations": [{
        "id": "11111111-1111-4111-8111-111111111111",
        "projects": [{"id": "22222222-2222-4222-8222-222222222222", "name": "default"}],
        "keys": [{
          "access_key": "SCWAAAAAAAAAAAAAAAAA",
          "secret_key": "33333333-3333-4333-8333-333333333333",
          "default_project": "22222222-2222-4222-8222-222222222222",
          "expires_at": "2030-01-01T00:00:00Z",
          "grants": [{
            "project": "22222222-2222-4222-8222-222222222222",
            "permission_sets": ["ContainerRegistryReadOnly", "AllProductsFullAccess"]
          }]
        }]
      }]}
      """;

  @Test
  void readsProjectsAndKeys() throws JsonProcessingException {
    Identity identity = KeysFile.parse(VALID);

    assertThat(identity.projects()).singleElement().extracting("name").isEqualTo("default");
    ApiKey key = identity.keys().getFirst();
    assertThat(key.secretHash()).isEqualTo(SecretKey.parse(SECRET).hash());
    assertThat(key.expiresAt()).contains(Instant.parse("2030-01-01T00:00:00Z"));
    assertThat(key.grants().inProjects().get(ProjectId.parse(PROJECT)))
        .containsExactlyInAnyOrder(
            PermissionSet.CONTAINER_REGISTRY_READ_ONLY, PermissionSet.ALL_PRODUCTS_FULL_ACCESS);
  }

  @Test
  void takesTheHashInPlaceOfTheSecret() throws JsonProcessingException {
    String hash = SecretKey.parse(SECRET).hash().hex();
    String hashed = VALID.replace("\"secret_key\": \"" + SECRET, "\"secret_sha256\": \"" + hash);

    assertThat(KeysFile.parse(hashed)).isEqualTo(KeysFile.parse(VALID));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "organizations"           | "organisations"    | $.organisations is not known
          "name": "default"         | "name": 7          | $.organizations[0].projects[0].name must
          SCWAAAAAAAAAAAAAAAAA      | SCWa               | $.organizations[0].keys[0].access_key must
          "secret_key"              | "description"      | $.organizations[0].keys[0].secret_key or
          2030-01-01T00:00:00Z      | soon               | $.organizations[0].keys[0].expires_at must
          ContainerRegistryReadOnly | Everything         | grants[0].permission_sets[0] is no
          "project": "2222          | "project": "4444   | grants[0].project must be a project of
          """)
  void saysWhereTheTroubleIs(String part, String wrong, String message) {
    assertThatThrownBy(() -> KeysFile.parse(VALID.replace(part, wrong)))
        .isInstanceOf(KeysFileProblem.class)
        .hasMessageContaining(message);
  }

  @Test
  void neverRepeatsASecret() {
    String broken = VALID.replace(SECRET, SECRET + "x");

    assertThatThrownBy(() -> KeysFile.parse(broken)).message().doesNotContain(SECRET);
  }
}
