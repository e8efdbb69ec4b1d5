package io.gantry.bootstrap.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Two organizations in the server under test, beside the one of {@link
 * PostgresTestResource#SECRET_KEY}, and keys of different rights in the first.
 */
public final class Tenants {
  public static final String ORGANIZATION = "b0000000-0000-4000-8000-000000000000";

  /** The default project of every key of the organization. */
  public static final String PROJECT = "b0000000-0000-4000-8000-000000000001";

  public static final String OTHER_PROJECT = "b0000000-0000-4000-8000-000000000002";

  public static final String FOREIGN_ORGANIZATION = "c0000000-0000-4000-8000-000000000000";

  /** Somebody else's. */
  public static final String FOREIGN_PROJECT = "c0000000-0000-4000-8000-000000000001";

  /** May do everything in both projects. */
  public static final String OWNER = "b0000000-0000-4000-8000-00000000000a";

  /** May only read in the default project. */
  public static final String READER = "b0000000-0000-4000-8000-00000000000b";

  /** Was as good as {@link #OWNER} once. */
  public static final String EXPIRED = "b0000000-0000-4000-8000-00000000000c";

  /** May do everything to it and everything in it, in the other organization. */
  public static final String FOREIGN_OWNER = "c0000000-0000-4000-8000-00000000000b";

  /** May do everything, in the other organization's project. */
  public static final String FOREIGNER = "c0000000-0000-4000-8000-00000000000a";

  private Tenants() {}

  /** Writes the keys file that says all this. */
  static Path writeTo(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("keys.json"),
        """
        {"organizations": [
          {"id": "%s",
           "projects": [{"id": "%s", "name": "default"}, {"id": "%s", "name": "other"}],
           "keys": [%s, %s, %s]},
          {"id": "%s",
           "projects": [{"id": "%s", "name": "default"}],
           "keys": [%s, %s]}]}
        """
            .formatted(
                ORGANIZATION,
                PROJECT,
                OTHER_PROJECT,
                key(
                    "OWNER",
                    OWNER,
                    "",
                    PROJECT,
                    grant(PROJECT, "FullAccess") + "," + grant(OTHER_PROJECT, "FullAccess")),
                key("READER", READER, "", PROJECT, grant(PROJECT, "ReadOnly")),
                key(
                    "EXPIRED",
                    EXPIRED,
                    "\"expires_at\": \"2020-01-01T00:00:00Z\",",
                    PROJECT,
                    grant(PROJECT, "FullAccess")),
                FOREIGN_ORGANIZATION,
                FOREIGN_PROJECT,
                key(
                    "FOREIGNER",
                    FOREIGNER,
                    "",
                    FOREIGN_PROJECT,
                    grant(FOREIGN_PROJECT, "FullAccess")),
                key(
                    "FOREIGNOWNER",
                    FOREIGN_OWNER,
                    "\"organization_permission_sets\": [\"AllProductsFullAccess\"],",
                    FOREIGN_PROJECT,
                    "")));
  }

  private static String key(
      String name, String secret, String more, String project, String grants) {
    return """
    {"access_key": "SCW%s", "secret_key": "%s", %s "default_project": "%s", "grants": [%s]}\
    """
        .formatted((name + "X".repeat(17)).substring(0, 17), secret, more, project, grants);
  }

  private static String grant(String project, String set) {
    return """
    {"project": "%s", "permission_sets": ["ContainerRegistry%s"]}\
    """
        .formatted(project, set);
  }
}
