package io.gantry.persistence.pull;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.ImageName;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.manifest.ManifestBytes;
import io.gantry.domain.manifest.MediaType;
import io.gantry.domain.manifest.StoredManifest;
import io.gantry.domain.namespace.NamespaceName;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.pull.Found;
import io.gantry.domain.pull.FoundManifest;
import io.gantry.domain.pull.LinkedBlob;
import io.gantry.domain.pull.PullQueries;
import io.gantry.domain.pull.Referrer;
import io.gantry.domain.pull.ReferrerPage;
import io.gantry.domain.pull.ReferrerQuery;
import io.gantry.domain.pull.WantedBlob;
import io.gantry.domain.pull.WantedManifest;
import io.gantry.domain.tag.TagName;
import io.gantry.persistence.image.RepositoryColumns;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/** Every call is one statement, so that a pull costs one round trip to the database. */
@Singleton
final class SqlPullQueries implements PullQueries {

  private static final String TAG_NAMES =
      statement(
              "t.name",
              """
              left join lateral (
                select name from tag
                where tag.image_id = i.id and tag.name > :last
                order by tag.name limit :limit
              ) t on true
              """)
          + " order by t.name";

  /**
   * Lengths are added up before any body is read. One more row than asked for says whether there
   * are more; its body is left out.
   */
  private static final String REFERRERS =
      statement(
              """
              r.digest, r.media_type, r.artifact_type,
              case when r.fits then (
                select body from manifest m where m.image_id = i.id and m.digest = r.digest
              ) end as body
              """,
              """
              left join lateral (
                select digest, media_type, artifact_type,
                  row_number() over (order by digest) <= :limit
                    and (row_number() over (order by digest) = 1
                      or sum(octet_length(body)) over (order by digest) <= :bytes) as fits
                from (
                  select digest, media_type, artifact_type, body from manifest
                  where manifest.image_id = i.id and manifest.subject = :subject
                    and manifest.digest > :last
                    and (:type = '' or manifest.artifact_type = :type)
                  order by digest limit :limit + 1
                ) following
              ) r on true
              """)
          + " order by r.digest";

  /** Walks the namespaces in order, and in each the images, until the page is full. */
  private static final String REPOSITORIES =
      """
      select n.name as namespace_name, i.name as image_name
      from namespace n cross join lateral (
        select name from image
        where namespace_id = n.id and status = 'READY' and published
          and (n.name > :namespace or name > :image)
          and (n.project_id = any(:projects) or visibility = 'PUBLIC'
            or (n.is_public and visibility = 'INHERIT'))
        order by name limit :limit
      ) i
      where n.region = :region and n.status = 'READY' and n.name >= :namespace
        and (n.is_public or n.project_id = any(:projects) or n.id in (
          select namespace_id from image
          where region = :region and visibility = 'PUBLIC' and status = 'READY' and published))
      order by n.name, i.name limit :limit
      """;

  private final PullsTogether together;
  private final Session session;

  SqlPullQueries(PullsTogether together, Session session) {
    this.together = together;
    this.session = session;
  }

  @Override
  public Map<WantedManifest, Found<FoundManifest>> manifests(
      Collection<WantedManifest> wanted, long most) {
    return together.manifests(wanted, most);
  }

  @Override
  public Map<WantedBlob, Found<LinkedBlob>> blobs(Collection<WantedBlob> wanted, Duration lease) {
    return together.blobs(wanted, lease);
  }

  @Override
  public Optional<Found<List<TagName>>> tagNames(
      Region region, RepositoryPath path, Optional<String> last, int limit) {
    return found(
        query(TAG_NAMES, region, path)
            .setParameter("last", last.map(SqlPullQueries::comparable).orElse(""))
            .setParameter("limit", limit),
        path,
        "name",
        rows -> rows.stream().map(row -> new TagName(row.get("name", String.class))).toList());
  }

  @Override
  public Optional<Found<ReferrerPage>> referrers(
      Region region, RepositoryPath path, ReferrerQuery query) {
    return found(
        query(REFERRERS, region, path)
            .setParameter("subject", query.subject().toString())
            .setParameter("last", query.last().map(Digest::toString).orElse(""))
            .setParameter("type", query.artifactType().map(SqlPullQueries::equatable).orElse(""))
            .setParameter("limit", query.limit())
            .setParameter("bytes", query.bytes()),
        path,
        "digest",
        SqlPullQueries::toPage);
  }

  @Override
  public List<RepositoryPath> repositories(
      Region region, Set<ProjectId> projects, Optional<String> last, int limit) {
    String[] after = last.map(SqlPullQueries::comparable).orElse("").split("/", 2);
    return session
        .createNativeQuery(REPOSITORIES, Tuple.class)
        .setParameter("region", region.value())
        .setParameter("projects", projects.stream().map(ProjectId::value).toArray(UUID[]::new))
        .setParameter("namespace", after[0])
        .setParameter("image", after.length == 1 ? "" : after[1])
        .setParameter("limit", limit)
        .getResultList()
        .stream()
        .map(
            row ->
                new RepositoryPath(
                    new NamespaceName(row.get("namespace_name", String.class)),
                    new ImageName(row.get("image_name", String.class))))
        .toList();
  }

  private static String statement(String columns, String joins) {
    return "select %s, %s from %s %s where %s"
        .formatted(
            RepositoryColumns.SELECT,
            columns,
            RepositoryColumns.FROM,
            joins,
            RepositoryColumns.WHERE);
  }

  private NativeQuery<Tuple> query(String sql, Region region, RepositoryPath path) {
    return RepositoryColumns.bind(session.createNativeQuery(sql, Tuple.class), region, path);
  }

  /** A repository without any entry is one row without a key; it needs an image. */
  private static <T> Optional<Found<T>> found(
      NativeQuery<Tuple> query, RepositoryPath path, String key, Function<List<Tuple>, T> reader) {
    List<Tuple> rows = query.getResultList();
    if (rows.isEmpty()) return Optional.empty();
    var repository = RepositoryColumns.toRepository(path, rows.getFirst());
    List<Tuple> entries = rows.stream().filter(row -> row.get(key) != null).toList();
    return Optional.of(new Found<>(repository, repository.image().map(_ -> reader.apply(entries))));
  }

  private static StoredManifest toManifest(Tuple row) {
    return new StoredManifest(
        Digest.parse(row.get("digest", String.class)),
        new MediaType(row.get("media_type", String.class)),
        new ManifestBytes(row.get("body", byte[].class)));
  }

  private static ReferrerPage toPage(List<Tuple> rows) {
    List<Referrer> referrers =
        rows.stream()
            .filter(row -> row.get("body") != null)
            .map(
                row ->
                    new Referrer(
                        toManifest(row),
                        Optional.ofNullable(row.get("artifact_type", String.class))))
            .toList();
    return new ReferrerPage(referrers, referrers.size() < rows.size());
  }

  /** Text that equals what the given one does: nothing, if it is not printable ASCII. */
  private static String equatable(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c <= '~') ? text : "\u007f";
  }

  /**
   * Text that sorts among names, which are printable ASCII, as the given one does, but has nothing
   * in it that the database could refuse: NUL, or half a surrogate pair.
   */
  private static String comparable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\0') return text.substring(0, i);
      if (c > '~') return text.substring(0, i) + '\u007f';
    }
    return text;
  }
}
