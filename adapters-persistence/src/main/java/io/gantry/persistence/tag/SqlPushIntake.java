package io.gantry.persistence.tag;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.gantry.domain.image.ImageId;
import io.gantry.domain.manifest.Descriptor;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.tag.PushIntake;
import io.gantry.domain.tag.SimplePush;
import io.gantry.domain.tag.TagId;
import io.gantry.persistence.Statements;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Takes pushes in with two statements for any number of them. The first waits for the images'
 * locks; the second begins when it has them, and so sees all that was done under them before.
 *
 * <p>Whoever takes several locks takes them in one order: namespaces, images, links, shards of
 * namespaces, shards of projects, and of each kind by their keys. Ordinary pushes take one of each,
 * in that order. So they wait for each other but never in a circle.
 */
@Singleton
final class SqlPushIntake implements PushIntake {

  /**
   * The locks of {@code ImageRepository.lockForPush}, of those of many images that are free:
   * sorting them waits for those of all namespaces. The second statement is worth one plan for all
   * groups, whatever their sizes: making one takes longer than using it.
   */
  private static final String LOCK_FREE =
      """
      with planned as materialized (
        select set_config('plan_cache_mode', 'force_generic_plan', true)
      ), wanted as materialized (
        select i.id, i.namespace_id
        from unnest((select ?::uuid[])) as pushed(id)
        cross join lateral (select one.* from image one where one.id = pushed.id offset 0) i
      ), parent as materialized (
        select n.id
        from (select distinct namespace_id as id from wanted order by id) w
        cross join lateral (
          select one.* from namespace one where one.id = w.id offset 0 for key share
        ) n
        where n.status = 'READY'
      )
      select i.id
      from (
        select w.id from wanted w join parent p on p.id = w.namespace_id cross join planned
        order by w.id
      ) w
      cross join lateral (
        select one.* from image one where one.id = w.id offset 0 for no key update skip locked
      ) i
      where i.status = 'READY'
      """;

  private static final String LOCK = LOCK_FREE.replace(" skip locked", "");

  /**
   * {@code arrived} knows where each tag points {@code before}, and whether the manifest is
   * reachable already ({@code there}, null if the image does not have it). {@code linked} is what
   * the pushes list and their images have, each link locked as the ordinary way does, so that it is
   * there when the foreign key asks. Those pushes are {@code good} of which that is all, whose
   * manifest is reachable or unknown to its image, and whose tag is not moved away from a manifest
   * that leads to others. Looks into tables go one by one by index, which {@code offset 0} makes
   * certain: how many pushes there are cannot be seen in the plan.
   *
   * <p>{@code left_behind} are manifests that no tag points at when all of the group is done, and
   * nothing else leads to. What could lead there has the manifest as its child or is its subject,
   * so it leads to others itself, and is not left by this group.
   *
   * <p>A layer is new to its image when nothing counted it before, and lost when nothing does
   * afterwards; under the image's lock nobody else counts. Locks on shards are taken by {@code
   * used} and then {@code counted}, which waits for it.
   */
  private static final String TAKE =
      """
      with arrived as materialized (
        select a.*, t.digest as before, m.reachable as there
        from unnest(
          ?::int[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::int[], ?::text[],
          ?::uuid[], ?::timestamptz[])
          as a(number, image_id, digest, media_type, artifact_type, body, lists, tag, tag_id,
               pushed_at)
        left join lateral (
          select one.digest from tag one
          where one.image_id = a.image_id and one.name = a.tag offset 0
        ) t on true
        left join lateral (
          select one.reachable from manifest one
          where one.image_id = a.image_id and one.digest = a.digest offset 0
        ) m on true
      ), linked as materialized (
        select l.number, l.image_id, l.digest, l.role, l.size
        from (
          select * from unnest(?::int[], ?::uuid[], ?::text[], ?::"char"[], ?::bigint[])
            as listed(number, image_id, digest, role, size)
          order by image_id, digest collate "C"
        ) l
        cross join lateral (
          select b.size from blob_link k join blob b on b.digest = k.digest
          where k.image_id = l.image_id and k.digest = l.digest
          for key share of k
        ) there
        where there.size = l.size
      ), good as materialized (
        select distinct on (a.image_id, a.digest) a.*
        from arrived a
        where a.lists = (select count(*) from linked where linked.number = a.number)
          and (a.there or a.there is null
            and not exists (
              select from manifest m
              where m.image_id = a.image_id and m.subject = a.digest offset 0)
            and not exists (
              select from manifest_child c
              where c.image_id = a.image_id and c.child = a.digest and c.held is null offset 0))
          and (a.before is null or a.before = a.digest
            or not exists (
              select from manifest m
              where m.image_id = a.image_id and m.subject = a.before offset 0)
            and not exists (
              select from manifest_child c
              where c.image_id = a.image_id and c.parent = a.before and c.held is not null
              offset 0))
        order by a.image_id, a.digest, a.number
      ), left_behind as materialized (
        select distinct g.image_id, g.before as digest
        from good g
        where g.before <> g.digest
          and not exists (
            select from good o where o.image_id = g.image_id and o.digest = g.before)
          and not exists (
            select from tag t
            where t.image_id = g.image_id and t.digest = g.before
              and not exists (select from good o where o.image_id = t.image_id and o.tag = t.name)
            offset 0)
          and not exists (
            select from manifest_child c
            join manifest p on p.image_id = c.image_id and p.digest = c.parent
            where c.image_id = g.image_id and c.held = g.before and p.reachable offset 0)
          and not exists (
            select from manifest m
            join manifest s on s.image_id = m.image_id and s.digest = m.subject
            where m.image_id = g.image_id and m.digest = g.before and s.reachable offset 0)
      ), added as (
        insert into manifest (
          image_id, digest, media_type, artifact_type, body, reachable, created_at)
        select image_id, digest, media_type, artifact_type, body, true, pushed_at
        from good where there is null
      ), released as (
        update manifest m set reachable = false from left_behind o
        where m.image_id = o.image_id and m.digest = o.digest
      ), blobs as (
        insert into manifest_blob (image_id, manifest, digest, role, held)
        select g.image_id, g.digest, l.digest, l.role, l.digest
        from good g join linked l on l.number = g.number
        where g.there is null
      ), tagged as (
        insert into tag (id, image_id, name, digest, created_at, updated_at)
        select tag_id, image_id, tag, digest, pushed_at, pushed_at from good
        on conflict on constraint tag_name_unique
        do update set digest = excluded.digest, updated_at = excluded.updated_at
      ), layers as materialized (
        select c.image_id, c.digest, b.size, coalesce(i.manifests, 0) as before,
               coalesce(i.manifests, 0) + c.change as after
        from (
          select image_id, digest, sum(change) as change
          from (
            select l.image_id, l.digest, 1 as change
            from good g join linked l on l.number = g.number
            where g.there is null and l.role = 'L'
            union all
            select o.image_id, b.digest, -1
            from left_behind o
            cross join lateral (
              select one.digest from manifest_blob one
              where one.image_id = o.image_id and one.manifest = o.digest
                and one.role = 'L' and one.held is not null offset 0
            ) b
          ) listed
          group by image_id, digest
        ) c
        cross join lateral (select one.size from blob one where one.digest = c.digest offset 0) b
        left join lateral (
          select one.manifests from image_layer one
          where one.image_id = c.image_id and one.digest = c.digest offset 0
        ) i on true
      ), listed as (
        insert into image_layer (image_id, digest, manifests)
        select image_id, digest, after from layers where after > 0 order by image_id, digest
        on conflict (image_id, digest) do update set manifests = excluded.manifests
      ), unlisted as (
        delete from image_layer i using layers l
        where l.after = 0 and i.image_id = l.image_id and i.digest = l.digest
      ), gained as (
        select image_id,
               sum(case when before = 0 then size when after = 0 then -size else 0 end) as size
        from layers group by image_id
      ), changed as materialized (
        select i.id, i.namespace_id, i.project_id, i.region, i.published,
               get_byte(uuid_send(i.id), 15) & 15 as shard, p.at,
               coalesce((select g.size from gained g where g.image_id = i.id), 0) as gain
        from (select image_id, max(pushed_at) as at from good group by image_id) p
        cross join lateral (select * from image one where one.id = p.image_id offset 0) i
      ), moved as (
        update image i set size = i.size + c.gain, updated_at = c.at, published = true
        from changed c where i.id = c.id
      ), used as (
        insert into namespace_usage as u (namespace_id, shard, size, image_count, updated_at)
        select namespace_id, shard, sum(gain), count(*) filter (where not published), max(at)
        from changed group by namespace_id, shard order by namespace_id, shard
        on conflict (namespace_id, shard) do update
        set size = u.size + excluded.size, image_count = u.image_count + excluded.image_count,
            updated_at = greatest(u.updated_at, excluded.updated_at)
        returning 1
      ), counted as (
        insert into project_usage as p (project_id, region, shard, image_count)
        select project_id, region, shard, count(*)
        from changed cross join (select count(*) from used) as before
        where not published
        group by project_id, region, shard order by project_id, region, shard
        on conflict (project_id, region, shard) do update
        set image_count = p.image_count + excluded.image_count
      )
      select tag_id from good
      """;

  private final Statements statements;

  SqlPushIntake(Statements statements) {
    this.statements = statements;
  }

  @Override
  public Set<TagId> take(Collection<SimplePush> pushes) {
    return add(within(lock(LOCK, pushes), pushes));
  }

  @Override
  public Taken takeFree(Collection<SimplePush> pushes) {
    Set<ImageId> locked = lock(LOCK_FREE, pushes);
    return new Taken(
        add(within(locked, pushes)),
        pushes.stream()
            .map(SimplePush::image)
            .filter(image -> !locked.contains(image))
            .collect(toUnmodifiableSet()));
  }

  private static List<SimplePush> within(Set<ImageId> locked, Collection<SimplePush> pushes) {
    return pushes.stream().filter(push -> locked.contains(push.image())).toList();
  }

  private Set<ImageId> lock(String sql, Collection<SimplePush> pushes) {
    List<UUID> images = pushes.stream().map(push -> push.image().value()).distinct().toList();
    return ids(sql, parameters -> parameters.array("uuid", images, image -> image), ImageId::new);
  }

  private Set<TagId> add(List<SimplePush> pushes) {
    if (pushes.isEmpty()) return Set.of();
    List<Listed> listed = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    for (SimplePush push : pushes) {
      List<Listed> own = Listed.by(numbers.size(), push);
      numbers.add(numbers.size());
      lengths.add(own.size());
      listed.addAll(own);
    }
    return ids(
        TAKE,
        parameters -> {
          parameters.array("int4", numbers, number -> number);
          parameters.array("uuid", pushes, push -> push.image().value());
          parameters.array("text", pushes, push -> push.manifest().digest().toString());
          parameters.array("text", pushes, push -> push.manifest().mediaType().value());
          parameters.array("text", pushes, push -> push.manifest().artifactType().orElse(null));
          parameters.bytes(pushes, push -> push.manifest().bytes().toArray());
          parameters.array("int4", lengths, length -> length);
          parameters.array("text", pushes, push -> push.tag().value());
          parameters.array("uuid", pushes, push -> push.id().value());
          parameters.array("timestamptz", pushes, push -> push.pushedAt().toString());
          parameters.array("int4", listed, Listed::push);
          parameters.array("uuid", listed, one -> pushes.get(one.push()).image().value());
          parameters.array("text", listed, Listed::digest);
          parameters.array("text", listed, Listed::role);
          parameters.array("int8", listed, Listed::size);
        },
        TagId::new);
  }

  private <T> Set<T> ids(String sql, Statements.Binding binding, Function<UUID, T> id) {
    return Set.copyOf(
        statements.query(sql, binding, row -> id.apply(row.getObject(1, UUID.class))));
  }

  /**
   * A blob that a manifest lists; once, however often it does.
   *
   * @param push the number of the push
   * @param role 'C' configuration, 'L' layer
   * @param size in bytes, as claimed
   */
  private record Listed(int push, String digest, String role, long size) {
    static List<Listed> by(int number, SimplePush push) {
      Manifest manifest = push.manifest();
      return Stream.concat(
              manifest.config().stream().map(config -> of(number, config, "C")),
              manifest.layers().stream().map(layer -> of(number, layer, "L")))
          .distinct()
          .toList();
    }

    private static Listed of(int number, Descriptor descriptor, String role) {
      return new Listed(number, descriptor.digest().toString(), role, descriptor.size());
    }
  }
}
