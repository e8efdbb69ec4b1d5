package io.gantry.persistence.pull;

import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.ByteSize;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.StorageKey;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.manifest.ManifestBytes;
import io.gantry.domain.manifest.MediaType;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.pull.Found;
import io.gantry.domain.pull.FoundManifest;
import io.gantry.domain.pull.LinkedBlob;
import io.gantry.domain.pull.ManifestSummary;
import io.gantry.domain.pull.WantedBlob;
import io.gantry.domain.pull.WantedManifest;
import io.gantry.domain.tag.Reference;
import io.gantry.persistence.Statements;
import io.gantry.persistence.image.RepositoryColumns;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What several pulls ask for, in one statement. Each thing that is wanted has a place in arrays;
 * its row says which.
 */
@Singleton
final class PullsTogether {

  /**
   * The arrays are in sub-selects so that one plan serves any number of requests: of a bare
   * parameter PostgreSQL knows the length, and as less is cheaper than the ten that it would else
   * reckon with, it would make a plan for each statement anew, which costs more than running it.
   * Each thing is looked up by its key, which {@code offset 0} makes certain: of a small table all
   * would be read instead.
   */
  private static final String STATEMENT =
      """
      select wanted.place, %s, %s
      from unnest(
        (select ?::text[]), (select ?::text[]), (select ?::text[]), (select ?::text[]),
        (select ?::text[])
      ) with ordinality as wanted(region, namespace, image, tag, digest, place)
      cross join lateral (
        select one.* from namespace one
        where one.region = wanted.region and one.name = wanted.namespace and one.status = 'READY'
        offset 0
      ) n
      left join lateral (
        select one.* from image one
        where one.namespace_id = n.id and one.name = wanted.image and one.status = 'READY'
        offset 0
      ) i on true
      %s
      """;

  /** The length of a value that is stored out of line is known without reading it. */
  private static final String MANIFESTS =
      STATEMENT.formatted(
          RepositoryColumns.SELECT,
          """
          m.digest, m.media_type, octet_length(m.body) as size,
          case when octet_length(m.body) <= ? then m.body end as body
          """,
          """
          left join lateral (
            select one.digest from tag one
            where one.image_id = i.id and one.name = wanted.tag offset 0
          ) t on true
          left join lateral (
            select one.* from manifest one
            where one.image_id = i.id and one.digest = coalesce(wanted.digest, t.digest) offset 0
          ) m on true
          """);

  private static final String BLOBS =
      STATEMENT.formatted(
          RepositoryColumns.SELECT,
          """
          b.digest, b.size, b.storage_key,
          l.leased_until < now() + ? * interval '1 millisecond' as ends_soon
          """,
          """
          left join lateral (
            select one.* from blob_link one
            where one.image_id = i.id and one.digest = wanted.digest offset 0
          ) l on true
          left join lateral (
            select one.* from blob one where one.digest = l.digest offset 0
          ) b on true
          """);

  private final Statements statements;

  PullsTogether(Statements statements) {
    this.statements = statements;
  }

  Map<WantedManifest, Found<FoundManifest>> manifests(
      Collection<WantedManifest> wanted, long most) {
    return each(
        MANIFESTS,
        most,
        wanted,
        one -> new Wanted(one.region(), one.path(), one.reference()),
        PullsTogether::toManifest);
  }

  Map<WantedBlob, Found<LinkedBlob>> blobs(Collection<WantedBlob> wanted, Duration lease) {
    return each(
        BLOBS,
        lease.dividedBy(2).toMillis(),
        wanted,
        one -> new Wanted(one.region(), one.path(), new Reference.ByDigest(one.digest())),
        PullsTogether::toBlob);
  }

  private record Wanted(Region region, RepositoryPath path, Reference reference) {
    @Nullable String tag() {
      return reference instanceof Reference.ByTag(var name) ? name.value() : null;
    }

    @Nullable String digest() {
      return reference instanceof Reference.ByDigest(var digest) ? digest.toString() : null;
    }
  }

  private <W, T> Map<W, Found<T>> each(
      String sql,
      long number,
      Collection<W> wanted,
      Function<W, Wanted> wants,
      Statements.Mapping<T> content) {
    List<W> all = List.copyOf(wanted);
    List<Wanted> places = all.stream().map(wants).toList();
    Map<W, Found<T>> found = new HashMap<>();
    for (var one :
        statements.query(
            sql,
            parameters -> {
              parameters.number(number);
              parameters.array("text", places, place -> place.region().value());
              parameters.array("text", places, place -> place.path().namespace().value());
              parameters.array("text", places, place -> place.path().image().value());
              parameters.array("text", places, Wanted::tag);
              parameters.array("text", places, Wanted::digest);
            },
            row -> {
              int place = row.getInt("place") - 1;
              return Map.entry(all.get(place), toFound(places.get(place).path(), row, content));
            })) {
      found.put(one.getKey(), one.getValue());
    }
    return found;
  }

  private static <T> Found<T> toFound(
      RepositoryPath path, ResultSet row, Statements.Mapping<T> content) throws SQLException {
    return new Found<>(
        RepositoryColumns.toRepository(path, row),
        row.getString("digest") == null ? Optional.empty() : Optional.of(content.map(row)));
  }

  private static FoundManifest toManifest(ResultSet row) throws SQLException {
    return new FoundManifest(
        new ManifestSummary(
            Digest.parse(row.getString("digest")),
            new MediaType(row.getString("media_type")),
            row.getLong("size")),
        Optional.ofNullable(row.getBytes("body")).map(ManifestBytes::new));
  }

  private static LinkedBlob toBlob(ResultSet row) throws SQLException {
    return new LinkedBlob(
        new Blob(
            Digest.parse(row.getString("digest")),
            new ByteSize(row.getLong("size")),
            new StorageKey(row.getObject("storage_key", UUID.class))),
        row.getBoolean("ends_soon"));
  }
}
