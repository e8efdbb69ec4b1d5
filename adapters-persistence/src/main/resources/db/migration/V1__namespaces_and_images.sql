-- Namespaces and images. Names compare bytewise (COLLATE "C"); times are microseconds, UTC.

create table namespace (
  id              uuid        not null,
  region          text        not null collate "C",
  name            text        not null collate "C",
  description     text        not null,
  organization_id uuid        not null,
  project_id      uuid        not null,
  status          text        not null,
  is_public       boolean     not null,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  version         bigint      not null default 0,
  constraint namespace_pk primary key (id),
  constraint namespace_status_known check (status in ('READY', 'DELETING'))
);

-- A name is unique among usable namespaces only, so it is free as soon as a delete is acknowledged.
create unique index namespace_name_unique on namespace (region, name) where status = 'READY';
create index namespace_by_project on namespace (project_id, region, created_at, id);
create index namespace_deleting on namespace (updated_at) where status = 'DELETING';

-- What a namespace holds, in several rows so that pushes to different images of one namespace do
-- not wait for each other: an image always counts in the same shard; the sum over shards is exact.
create table namespace_usage (
  namespace_id uuid        not null,
  shard        smallint    not null,
  size         bigint      not null,
  image_count  bigint      not null,
  updated_at   timestamptz not null,
  constraint namespace_usage_pk primary key (namespace_id, shard),
  constraint namespace_usage_namespace_fk foreign key (namespace_id) references namespace (id)
);

-- How many published images a project has in a region, so that lists need not count them; in
-- shards as above, and changed only when an image is published or removed.
create table project_usage (
  project_id  uuid     not null,
  region      text     not null collate "C",
  shard       smallint not null,
  image_count bigint   not null,
  constraint project_usage_pk primary key (project_id, region, shard)
);

-- project_id and region repeat those of the namespace, which never change, so that lists of images
-- need no join.
create table image (
  id           uuid        not null,
  namespace_id uuid        not null,
  project_id   uuid        not null,
  region       text        not null collate "C",
  name         text        not null collate "C",
  status       text        not null collate "C",
  visibility   text        not null,
  published    boolean     not null,
  size         bigint      not null,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  constraint image_pk primary key (id),
  constraint image_namespace_fk foreign key (namespace_id) references namespace (id),
  constraint image_status_known check (status in ('READY', 'DELETING')),
  constraint image_visibility_known check (visibility in ('INHERIT', 'PUBLIC', 'PRIVATE')),
  constraint image_size_not_negative check (size >= 0)
);

create unique index image_name_unique on image (namespace_id, name) where status = 'READY';
create index image_by_namespace on image (namespace_id, published, created_at, id);
create index image_by_project on image (project_id, region, created_at, id) where published;
create index image_by_project_status on image (project_id, region, status, created_at, id)
  where published;
create index image_by_project_name on image (project_id, region, name, id) where published;
-- No index holds size or update time, so that a push updates its image in place.
create index image_deleting on image (id) where status = 'DELETING';
create index image_unpublished on image (created_at) where not published;
