-- Every order of every list is that of an index which holds all that is needed to find a page: rows
-- before the page are passed over without being read or sorted.

-- Descriptions are too long for an index; lists sort by how they begin (the domain says how much).
alter table namespace
  add column description_start text collate "C" generated always as (left(description, 256)) stored;

drop index namespace_by_project;
create index namespace_by_project on namespace (project_id, region, created_at, id) include (status);
create index namespace_by_project_name on namespace (project_id, region, name, id) include (status);
create index namespace_by_project_description
  on namespace (project_id, region, description_start, id);
create index namespace_by_project_deleting on namespace (project_id, region, created_at, id)
  where status = 'DELETING';

-- Nearly all images are READY, so none of the large indexes begins with the status.
drop index image_by_namespace;
drop index image_by_project;
drop index image_by_project_name;
drop index image_by_project_status;
create index image_by_namespace on image (namespace_id, published, created_at, id) include (status);
create index image_by_namespace_name on image (namespace_id, name, created_at, id) where published;
create index image_by_namespace_deleting on image (namespace_id, created_at, id)
  where published and status = 'DELETING';
create index image_by_project on image (project_id, region, created_at, id) include (status)
  where published;
create index image_by_project_name on image (project_id, region, name, created_at, id)
  include (status) where published;
create index image_by_project_deleting on image (project_id, region, created_at, id)
  where published and status = 'DELETING';

-- How many namespaces a project has in a region, in the shards of its images; changed only when one
-- is created or removed.
alter table project_usage add column namespace_count bigint not null default 0;

insert into project_usage as p (project_id, region, shard, image_count, namespace_count)
select project_id, region, get_byte(uuid_send(id), 15) & 15, 0, count(*)
from namespace group by 1, 2, 3
on conflict (project_id, region, shard) do update set namespace_count = excluded.namespace_count;

alter table tag drop constraint tag_name_unique;
alter table tag add constraint tag_name_unique unique (image_id, name) include (id);
