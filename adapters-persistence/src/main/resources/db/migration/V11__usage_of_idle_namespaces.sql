-- A namespace that is idle has its usage in one row, whose shard is -1, so that lists read one row of it
-- and not sixteen. In the background the rows that pushes write are taken up into it; any of them can so be
-- missing at any time, and whoever changes one adds it if it is not there. Only the sum counts: a
-- shard may be negative.

-- What is not taken up yet. Pushes do not change what is indexed, so they still update in place.
create index namespace_usage_of_pushes on namespace_usage (namespace_id) where shard >= 0;

-- As in V9, but for its end: rows of usage may be missing. They refer to their namespaces, so these are
-- locked before the images, as by all who lock both.
create or replace function hold_waiting_blobs() returns trigger language plpgsql as $$
begin
  if not exists (
    select from added a
    join manifest_blob b on b.image_id = a.image_id and b.digest = a.digest
    where b.held is null
  ) then
    return null;
  end if;

  perform 1 from namespace
  where id in (
    select i.namespace_id from added a
    join image i on i.id = a.image_id
    join manifest_blob b on b.image_id = a.image_id and b.digest = a.digest
    where b.held is null)
  order by id
  for key share;

  perform 1 from image
  where id in (
    select a.image_id from added a
    join manifest_blob b on b.image_id = a.image_id and b.digest = a.digest
    where b.held is null)
  order by id
  for no key update;

  with taken as (
    update manifest_blob b set held = b.digest from added a
    where b.image_id = a.image_id and b.digest = a.digest and b.held is null
    returning b.image_id, b.manifest, b.digest, b.role
  ), counted as (
    insert into image_layer (image_id, digest, manifests)
    select t.image_id, t.digest, count(*)
    from taken t join manifest m on m.image_id = t.image_id and m.digest = t.manifest
    where t.role = 'L' and m.reachable
    group by t.image_id, t.digest
    returning image_id, digest
  ), gained as (
    select c.image_id, sum(b.size) as size from counted c join blob b on b.digest = c.digest
    group by c.image_id
  ), grown as (
    update image i set size = i.size + g.size from gained g where i.id = g.image_id
    returning i.namespace_id, get_byte(uuid_send(i.id), 15) & 15 as shard, g.size, i.updated_at
  )
  insert into namespace_usage as u (namespace_id, shard, size, image_count, updated_at)
  select namespace_id, shard, sum(size), 0, max(updated_at)
  from grown group by namespace_id, shard order by namespace_id, shard
  on conflict (namespace_id, shard) do update set size = u.size + excluded.size;
  return null;
end
$$;

-- Replicas of the version before this one take an image off by an update alone, which does nothing if the
-- row is missing. Then this trigger does it, at the end of the same statement: the row was written by
-- this transaction exactly if that update, or the insert of this version, found or made it. A later
-- version may drop it.
create function take_image_off() returns trigger language plpgsql as $$
begin
  if not exists (
    select from namespace_usage
    where namespace_id = old.namespace_id and shard = get_byte(uuid_send(old.id), 15) & 15
      and xmin = pg_current_xact_id()::xid
  ) then
    insert into namespace_usage as u (namespace_id, shard, size, image_count, updated_at)
    values (old.namespace_id, get_byte(uuid_send(old.id), 15) & 15, -old.size, -1, old.updated_at)
    on conflict (namespace_id, shard) do update
    set size = u.size + excluded.size, image_count = u.image_count + excluded.image_count;
  end if;
  return null;
end
$$;

create trigger image_taken_off after delete on image
  for each row when (old.published) execute function take_image_off();
