package io.gantry.persistence;

import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.link.StoredContent;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Content in PostgreSQL, arranged and looked at without the repositories under test. */
@Singleton
public final class PostgresContent implements StoredContent {
  private final UnitOfWork unitOfWork;
  private final DataSource dataSource;

  PostgresContent(UnitOfWork unitOfWork, DataSource dataSource) {
    this.unitOfWork = unitOfWork;
    this.dataSource = dataSource;
  }

  /** Empties every table. */
  public void clear() {
    update("truncate namespace, image, blob, upload, tombstone, landmark, list_change cascade");
    update("truncate project, application, api_key, signing_key cascade");
  }

  @Override
  public UnitOfWork unitOfWork() {
    return unitOfWork;
  }

  @Override
  public ImageId anImage() {
    UUID namespace = UUID.randomUUID();
    update(
        """
        insert into namespace (id, region, name, description, organization_id, project_id, status,
                               is_public, created_at, updated_at)
        values (?, 'fr-par', ?, '', gen_random_uuid(), gen_random_uuid(), 'READY', false, now(),
                now())
        """,
        namespace,
        namespace.toString());
    UUID image = UUID.randomUUID();
    update(
        """
        insert into image (id, namespace_id, project_id, region, name, status, visibility,
                           published, size, created_at, updated_at)
        select ?, id, project_id, region, 'app', 'READY', 'INHERIT', false, 0, now(), now()
        from namespace where id = ?
        """,
        image,
        namespace);
    return new ImageId(image);
  }

  @Override
  public ProjectId projectOf(ImageId image) {
    String sql = "select project_id from image where id = ?";
    return new ProjectId(select(sql, image.value()).iterator().next());
  }

  @Override
  public void deleteNamespaceOf(ImageId image) {
    update(
        """
        update namespace set status = 'DELETING'
        where id = (select namespace_id from image where id = ?)
        """,
        image.value());
  }

  @Override
  public void publish(ImageId image) {
    update("update image set published = true where id = ?", image.value());
  }

  @Override
  public void hide(ImageId image) {
    update("update image set status = 'DELETING' where id = ?", image.value());
  }

  @Override
  public boolean hasImage(ImageId image) {
    return !select("select id from image where id = ?", image.value()).isEmpty();
  }

  @Override
  public void refer(ImageId image, Digest blob) {
    list(image, blob, blob.toString());
  }

  @Override
  public void await(ImageId image, Digest blob) {
    list(image, blob, "");
  }

  private void list(ImageId image, Digest blob, String held) {
    update(
        """
        with added as (
          insert into manifest (image_id, digest, media_type, body, created_at)
          values (?, ?, 'application/json', '', now()) returning image_id, digest
        )
        insert into manifest_blob (image_id, manifest, digest, role, held)
        select image_id, digest, ?, 'L', nullif(?, '') from added
        """,
        image.value(),
        "manifest of " + blob,
        blob.toString(),
        held);
  }

  @Override
  public void awaitChild(ImageId image, Digest child) {
    update(
        """
        with added as (
          insert into manifest (image_id, digest, media_type, body, created_at)
          values (?, ?, 'application/json', '', now()) returning image_id, digest
        )
        insert into manifest_child (image_id, parent, child) select image_id, digest, ? from added
        """,
        image.value(),
        "index of " + child,
        child.toString());
  }

  @Override
  public boolean hasBlob(Digest digest) {
    return !select("select storage_key from blob where digest = ?", digest.toString()).isEmpty();
  }

  @Override
  public boolean isLeased(ImageId image, Digest digest) {
    return !select(
            """
            select image_id from blob_link
            where image_id = ? and digest = ? and leased_until > now()
            """,
            image.value(),
            digest.toString())
        .isEmpty();
  }

  @Override
  public void bury(StorageKey key) {
    update("insert into tombstone (storage_key) values (?)", key.value());
  }

  @Override
  public Set<StorageKey> tombstones() {
    Set<StorageKey> keys = new HashSet<>();
    select("select storage_key from tombstone").forEach(key -> keys.add(new StorageKey(key)));
    return keys;
  }

  @Override
  public void letTimePass(Duration time) {
    long millis = time.toMillis();
    update("update blob_link set leased_until = leased_until - ? * interval '1 ms'", millis);
    update("update upload set expires_at = expires_at - ? * interval '1 ms'", millis);
    update("update tombstone set due_at = due_at - ? * interval '1 ms'", millis);
    update("update signing_key set created_at = created_at - ? * interval '1 ms'", millis);
    update("update image set created_at = created_at - ? * interval '1 ms'", millis);
  }

  /**
   * How many sessions wait for a lock that another one holds. What pg_stat_activity says stays the
   * same within a transaction; this does not.
   */
  public int blockedSessions() {
    return select("select gen_random_uuid() from pg_locks where not granted").size();
  }

  private void update(String sql, Object... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters)) {
      var _ = statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Set<UUID> select(String sql, Object... parameters) {
    Set<UUID> ids = new HashSet<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) ids.add(rows.getObject(1, UUID.class));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return ids;
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) statement.setObject(i + 1, parameters[i]);
    return statement;
  }
}
