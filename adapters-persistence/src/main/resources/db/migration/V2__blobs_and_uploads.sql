-- Bytes in the blob store. Every storage key is random, used once, and named by exactly one row of
-- blob, upload or tombstone from before its first byte is written until after its last is deleted.

create table blob (
  digest      text        not null collate "C",
  size        bigint      not null,
  storage_key uuid        not null,
  created_at  timestamptz not null default now(),
  constraint blob_pk primary key (digest),
  constraint blob_storage_key_unique unique (storage_key)
);

-- The right to read a blob in an image, and the promise that it stays until the lease is over.
create table blob_link (
  image_id     uuid        not null,
  digest       text        not null collate "C",
  leased_until timestamptz not null,
  constraint blob_link_pk primary key (image_id, digest),
  constraint blob_link_image_fk foreign key (image_id) references image (id),
  constraint blob_link_blob_fk foreign key (digest) references blob (digest)
);
create index blob_link_by_digest on blob_link (digest);
create index blob_link_by_lease on blob_link (leased_until);

-- An open session has a storage key; a closed one remembers what it became instead.
create table upload (
  id          uuid        not null,
  image_id    uuid        not null,
  storage_key uuid,
  length      bigint      not null,
  epoch       bigint      not null,
  content     text        collate "C",
  closed_as   text        collate "C",
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null,
  constraint upload_pk primary key (id),
  constraint upload_image_fk foreign key (image_id) references image (id),
  constraint upload_storage_key_unique unique (storage_key),
  constraint upload_open_or_closed check ((storage_key is null) <> (closed_as is null))
);
create index upload_by_image on upload (image_id);
create index upload_by_expiry on upload (expires_at);

create table tombstone (
  storage_key uuid        not null,
  due_at      timestamptz not null default now(),
  attempts    integer     not null default 0,
  created_at  timestamptz not null default now(),
  constraint tombstone_pk primary key (storage_key)
);
create index tombstone_by_due on tombstone (due_at);
