-- A manifest may list blobs that its image does not have yet, and waits for them.

-- held is the blob once it is linked; null while the manifest waits for it.
alter table manifest_blob add column held text collate "C";
update manifest_blob set held = digest;
alter table manifest_blob drop constraint manifest_blob_link_fk;
alter table manifest_blob
  add constraint manifest_blob_link_fk foreign key (image_id, held)
    references blob_link (image_id, digest),
  add constraint manifest_blob_held_is_digest check (held is null or held = digest);
drop index manifest_blob_by_link;
create index manifest_blob_by_held on manifest_blob (image_id, held) where held is not null;
create index manifest_blob_waiting on manifest_blob (image_id, digest) where held is null;

-- Whoever adds a link takes it for those who wait: no link is ever there without being held by all
-- manifests of its image that list it. That is so because
--   1. rows that wait are added under a lock of the image (for update) that conflicts with the one
--      the foreign key of a link takes (for key share), and by a statement begun under that lock:
--      links added before are seen by it, and links added later come after its transaction;
--   2. this trigger runs after that foreign key was checked, so under its lock, and each statement
--      in it sees what is committed when it begins: rows that wait for the link are seen by it.
-- A statement without a trigger could not do 2: it sees what was committed before it waited.
--
-- A layer counts from then on if a manifest that lists it is reachable. It was not in image_layer,
-- as only layers that are held are. What is reachable changes under the image's lock, too.
create function hold_waiting_blobs() returns trigger language plpgsql as $$
begin
  if not exists (
    select from added a
    join manifest_blob b on b.image_id = a.image_id and b.digest = a.digest
    where b.held is null
  ) then
    return null;
  end if;

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
    returning i.namespace_id, get_byte(uuid_send(i.id), 15) & 15 as shard, g.size
  ), summed as (
    select namespace_id, shard, sum(size) as size from grown group by namespace_id, shard
  )
  update namespace_usage u set size = u.size + s.size from summed s
  where u.namespace_id = s.namespace_id and u.shard = s.shard;
  return null;
end
$$;

create trigger blob_link_taken after insert on blob_link
  referencing new table as added
  for each statement execute function hold_waiting_blobs();
