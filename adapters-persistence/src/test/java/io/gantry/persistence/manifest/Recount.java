package io.gantry.persistence.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/** Counts from scratch what the registry keeps by change, for all that the database holds. */
@Singleton
public final class Recount {
  private static final Map<String, String> DISAGREEMENTS = disagreements();

  private final DataSource dataSource;

  Recount(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  public void requireExact() {
    Map<String, Long> found = new LinkedHashMap<>();
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      for (var one : DISAGREEMENTS.entrySet()) {
        try (ResultSet rows =
            statement.executeQuery("select count(*) from (" + one.getValue() + ") as wrong")) {
          assertThat(rows.next()).isTrue();
          found.put(one.getKey(), rows.getLong(1));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    assertThat(found.values()).as("disagreements: %s", found).containsOnly(0L);
  }

  private static Map<String, String> disagreements() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(
        "reachable",
        """
        with recursive reach (image_id, digest) as (
          select image_id, digest from tag
          union
          select r.image_id, next.digest from reach r cross join lateral (
            select c.held from manifest_child c
            where c.image_id = r.image_id and c.parent = r.digest and c.held is not null
            union all
            select m.digest from manifest m
            where m.image_id = r.image_id and m.subject = r.digest) as next (digest)
        )
        select from manifest m where m.reachable <> exists (
          select from reach r where r.image_id = m.image_id and r.digest = m.digest)
        """);
    all.put(
        "layers",
        """
        select from (
          select b.image_id, b.digest, count(*) as manifests
          from manifest m
          join manifest_blob b on b.image_id = m.image_id and b.manifest = m.digest
          where m.reachable and b.role = 'L' and b.held is not null
          group by b.image_id, b.digest) c
        full join image_layer l using (image_id, digest)
        where c.manifests is distinct from l.manifests
        """);
    all.put(
        "sizes",
        """
        select from image i where i.size <> (
          select coalesce(sum(b.size), 0) from image_layer l join blob b on b.digest = l.digest
          where l.image_id = i.id)
        """);
    all.put(
        "usage",
        """
        select from namespace n
        cross join lateral (
          select coalesce(sum(i.size), 0) as size, count(*) as images from image i
          where i.namespace_id = n.id and i.published) i
        cross join lateral (
          select coalesce(sum(u.size), 0) as size, coalesce(sum(u.image_count), 0) as images
          from namespace_usage u where u.namespace_id = n.id) u
        where i.size <> u.size or i.images <> u.images
        """);
    all.put(
        "projects",
        """
        select from (select distinct project_id, region from namespace) p
        where (select count(*) from image i
               where i.project_id = p.project_id and i.region = p.region and i.published)
           <> (select coalesce(sum(u.image_count), 0) from project_usage u
               where u.project_id = p.project_id and u.region = p.region)
           or (select count(*) from namespace n
               where n.project_id = p.project_id and n.region = p.region)
           <> (select coalesce(sum(u.namespace_count), 0) from project_usage u
               where u.project_id = p.project_id and u.region = p.region)
        """);
    all.put(
        "blobs waited for",
        """
        select from manifest_blob b where (b.held is null) = exists (
          select from blob_link l where l.image_id = b.image_id and l.digest = b.digest)
        """);
    all.put(
        "children waited for",
        """
        select from manifest_child c where (c.held is null) = exists (
          select from manifest m where m.image_id = c.image_id and m.digest = c.child)
        """);
    all.put(
        "bytes of blobs and of open uploads that may be deleted",
        """
        select from tombstone t
        where exists (select from blob b where b.storage_key = t.storage_key)
           or exists (select from upload u where u.storage_key = t.storage_key)
        """);
    return all;
  }
}
