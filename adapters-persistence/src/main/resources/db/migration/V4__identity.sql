-- Projects, API keys, and the keys that sign tokens.

create table project (
  id              uuid not null,
  organization_id uuid not null,
  name            text not null,
  constraint project_pk primary key (id)
);
create index project_by_organization on project (organization_id);

create table api_key (
  access_key         text        not null collate "C",
  secret_hash        text        not null collate "C",
  organization_id    uuid        not null,
  default_project_id uuid        not null,
  description        text        not null,
  expires_at         timestamptz,
  configured         boolean     not null,
  created_at         timestamptz not null default now(),
  constraint api_key_pk primary key (access_key),
  constraint api_key_secret_unique unique (secret_hash)
);

create table api_key_grant (
  access_key     text not null collate "C",
  project_id     uuid not null,
  permission_set text not null,
  constraint api_key_grant_pk primary key (access_key, project_id, permission_set),
  constraint api_key_grant_key_fk foreign key (access_key) references api_key (access_key),
  constraint api_key_grant_project_fk foreign key (project_id) references project (id)
);

create table signing_key (
  id         text        not null,
  secret     text        not null,
  created_at timestamptz not null default now(),
  constraint signing_key_pk primary key (id)
);
