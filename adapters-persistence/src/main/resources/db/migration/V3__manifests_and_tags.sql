-- Manifests and what they refer to. No reference cascades: a foreign key is the proof that what is
-- referred to stays.

create table manifest (
  image_id      uuid        not null,
  digest        text        not null collate "C",
  media_type    text        not null,
  artifact_type text,
  subject       text        collate "C",
  body          bytea       not null,
  reachable     boolean     not null default false,
  created_at    timestamptz not null,
  constraint manifest_pk primary key (image_id, digest),
  constraint manifest_image_fk foreign key (image_id) references image (id)
);
create index manifest_by_subject on manifest (image_id, subject) where subject is not null;

-- role: 'C' configuration, 'L' layer (counts into the image's size).
create table manifest_blob (
  image_id uuid   not null,
  manifest text   not null collate "C",
  digest   text   not null collate "C",
  role     "char" not null,
  constraint manifest_blob_pk primary key (image_id, manifest, digest, role),
  constraint manifest_blob_manifest_fk foreign key (image_id, manifest)
    references manifest (image_id, digest),
  constraint manifest_blob_link_fk foreign key (image_id, digest)
    references blob_link (image_id, digest)
);
create index manifest_blob_by_link on manifest_blob (image_id, digest);

-- held is the child once it is there; null while the index waits for it.
create table manifest_child (
  image_id uuid not null,
  parent   text not null collate "C",
  child    text not null collate "C",
  held     text collate "C",
  constraint manifest_child_pk primary key (image_id, parent, child),
  constraint manifest_child_parent_fk foreign key (image_id, parent)
    references manifest (image_id, digest),
  constraint manifest_child_held_fk foreign key (image_id, held)
    references manifest (image_id, digest),
  constraint manifest_child_held_is_child check (held is null or held = child)
);
create index manifest_child_by_held on manifest_child (image_id, held) where held is not null;
create index manifest_child_waiting on manifest_child (image_id, child) where held is null;

create table tag (
  id         uuid        not null,
  image_id   uuid        not null,
  name       text        not null collate "C",
  digest     text        not null collate "C",
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint tag_pk primary key (id),
  constraint tag_name_unique unique (image_id, name),
  constraint tag_manifest_fk foreign key (image_id, digest) references manifest (image_id, digest)
);
create index tag_by_manifest on tag (image_id, digest);
create index tag_by_creation on tag (image_id, created_at, id);
create index tag_by_update on tag (image_id, updated_at desc, id);

-- The distinct layers of the reachable manifests of an image; manifests counts those listing it.
create table image_layer (
  image_id  uuid   not null,
  digest    text   not null collate "C",
  manifests bigint not null,
  constraint image_layer_pk primary key (image_id, digest),
  constraint image_layer_image_fk foreign key (image_id) references image (id),
  constraint image_layer_counts check (manifests >= 0)
);
