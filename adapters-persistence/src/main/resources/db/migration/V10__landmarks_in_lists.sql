-- Landmarks in the lists of a project: how many rows there are from a key up to the next landmark, so
-- that a page in the middle is found without passing over all before it. What a key lacks in the order
-- of a list is the least there is. The first landmark has the least key of all; a list that nothing was
-- counted into has none.
create table landmark (
  list           text        not null collate "C",
  project_id     uuid        not null,
  region         text        not null collate "C",
  key_text       text        not null collate "C",
  key_time       timestamptz not null,
  key_id         uuid        not null,
  row_count      bigint      not null,
  deleting_count bigint      not null,
  constraint landmark_pk primary key (list, project_id, region, key_text, key_time, key_id)
);

-- What came into a list (1), left it (-1), or is being deleted from now on, and is not counted into its
-- landmarks yet. Who changes a list only adds rows here and waits for nobody. In every snapshot landmarks
-- and these rows together are exact.
create table list_change (
  list           text        not null collate "C",
  project_id     uuid        not null,
  region         text        not null collate "C",
  key_text       text        not null collate "C",
  key_time       timestamptz not null,
  key_id         uuid        not null,
  row_count      smallint    not null,
  deleting_count smallint    not null
);
create index list_change_by_list on list_change (list, project_id, region);

-- A namespace that changes leaves its lists as it was, and comes back as it is. Only lists by creation
-- count what is being deleted, for the order by status.
create function change_namespace_lists() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    insert into list_change values
      ('NAMESPACES', old.project_id, old.region, '', old.created_at, old.id,
       -1, -(old.status = 'DELETING')::int),
      ('NAMESPACES_BY_NAME', old.project_id, old.region, old.name, '-infinity', old.id, -1, 0),
      ('NAMESPACES_BY_DESCRIPTION', old.project_id, old.region, old.description_start, '-infinity',
       old.id, -1, 0);
  end if;
  if tg_op <> 'DELETE' then
    insert into list_change values
      ('NAMESPACES', new.project_id, new.region, '', new.created_at, new.id,
       1, (new.status = 'DELETING')::int),
      ('NAMESPACES_BY_NAME', new.project_id, new.region, new.name, '-infinity', new.id, 1, 0),
      ('NAMESPACES_BY_DESCRIPTION', new.project_id, new.region, new.description_start, '-infinity',
       new.id, 1, 0);
  end if;
  return null;
end
$$;

-- Of images very many may change their status at once, so that is one row. Their names and times of
-- creation never change.
create function change_image_lists() returns trigger language plpgsql as $$
declare
  it image := case tg_op when 'DELETE' then old else new end;
  row_change smallint := 0;
  deleting_change smallint := 0;
begin
  if tg_op <> 'INSERT' and old.published then
    row_change := row_change - 1;
    deleting_change := deleting_change - (old.status = 'DELETING')::int;
  end if;
  if tg_op <> 'DELETE' and new.published then
    row_change := row_change + 1;
    deleting_change := deleting_change + (new.status = 'DELETING')::int;
  end if;
  insert into list_change values
    ('IMAGES', it.project_id, it.region, '', it.created_at, it.id, row_change,
     deleting_change);
  if row_change <> 0 then
    insert into list_change values
      ('IMAGES_BY_NAME', it.project_id, it.region, it.name, it.created_at, it.id, row_change,
       0);
  end if;
  return null;
end
$$;

-- Triggers write for replicas of older versions, too. To create one waits for all who are writing to the
-- table and keeps out others until this migration is committed, so nothing is missed or counted twice.
-- Namespaces come first, as for all who lock both.
create trigger namespace_listed after insert or delete on namespace
  for each row execute function change_namespace_lists();
create trigger namespace_moved_in_lists after update of status, description on namespace
  for each row when ((old.status, old.description_start)
                     is distinct from (new.status, new.description_start))
  execute function change_namespace_lists();

-- A push to an image that is there fires none of these.
create trigger image_listed after insert on image
  for each row when (new.published) execute function change_image_lists();
create trigger image_moved_in_lists after update of published, status on image
  for each row when ((old.published, old.status) is distinct from (new.published, new.status)
                     and (old.published or new.published))
  execute function change_image_lists();
create trigger image_unlisted after delete on image
  for each row when (old.published) execute function change_image_lists();

-- Counts all lists anew: now, and after rows were written without triggers. The lock is that of the
-- background work on landmarks. Changes go and rows are counted in one statement, so in one snapshot.
create function count_lists_anew() returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7403);
  delete from landmark;
  with counted_now as (
    delete from list_change
  ), counted as (
    select 'NAMESPACES' as list, project_id, region, count(*) as row_count,
           count(*) filter (where status = 'DELETING') as deleting_count
    from namespace group by project_id, region
    union all
    select 'IMAGES', project_id, region, count(*), count(*) filter (where status = 'DELETING')
    from image where published group by project_id, region
  )
  insert into landmark
    (list, project_id, region, key_text, key_time, key_id, row_count, deleting_count)
  select l.list, c.project_id, c.region, '', '-infinity', '00000000-0000-0000-0000-000000000000',
         c.row_count, case l.list when l.kind then c.deleting_count else 0 end
  from counted c
  join (values
    ('NAMESPACES', 'NAMESPACES'), ('NAMESPACES_BY_NAME', 'NAMESPACES'),
    ('NAMESPACES_BY_DESCRIPTION', 'NAMESPACES'), ('IMAGES', 'IMAGES'), ('IMAGES_BY_NAME', 'IMAGES')
  ) l (list, kind) on l.kind = c.list;
end
$$;

select count_lists_anew();
