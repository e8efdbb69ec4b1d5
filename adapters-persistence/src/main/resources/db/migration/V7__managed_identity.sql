-- Projects and API keys that are made over the API, and what gives such keys their rights.

-- What is there comes from configuration; the next start says so again, or no longer.
alter table project
  add column description text        not null default '',
  add column configured  boolean     not null default true,
  add column created_at  timestamptz not null default now(),
  add column updated_at  timestamptz not null default now();

create table application (
  id              uuid        not null,
  organization_id uuid        not null,
  name            text        not null,
  description     text        not null,
  tags            text[]      not null,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  constraint application_pk primary key (id)
);
create index application_by_organization on application (organization_id);

create table policy (
  id              uuid        not null,
  organization_id uuid        not null,
  name            text        not null,
  description     text        not null,
  tags            text[]      not null,
  application_id  uuid,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  constraint policy_pk primary key (id),
  constraint policy_application_fk foreign key (application_id) references application (id)
);
create index policy_by_organization on policy (organization_id);
create index policy_by_application on policy (application_id);

-- project_ids is null where the rule counts in all of the organization. A deleted project is taken
-- out of it.
create table policy_rule (
  id              uuid   not null,
  policy_id       uuid   not null,
  position        int    not null,
  permission_sets text[] not null,
  project_ids     uuid[],
  constraint policy_rule_pk primary key (id),
  constraint policy_rule_policy_fk foreign key (policy_id) references policy (id)
);
create index policy_rule_by_policy on policy_rule (policy_id);

-- A key that is configured has grants of its own; any other has those of its application.
alter table api_key
  add column application_id uuid,
  add column updated_at     timestamptz not null default now(),
  add column last_used_at   timestamptz,
  add constraint api_key_application_fk foreign key (application_id) references application (id),
  add constraint api_key_has_bearer check (configured = (application_id is null));
create index api_key_by_organization on api_key (organization_id);
create index api_key_by_application on api_key (application_id);

-- Permission sets of configured keys that count in all of the organization.
create table api_key_organization_grant (
  access_key     text not null collate "C",
  permission_set text not null,
  constraint api_key_organization_grant_pk primary key (access_key, permission_set),
  constraint api_key_organization_grant_key_fk foreign key (access_key)
    references api_key (access_key)
);
