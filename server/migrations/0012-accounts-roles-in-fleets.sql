-- People with a role in some fleets only.
alter table accounts.account
  alter column global_role drop not null,
  alter column password_hash drop not null,
  add column api_only boolean not null default false,
  add column force_password_reset boolean not null default false,
  add column settings jsonb not null default '{}',
  -- The counters of what this person may read: -1 all fleets, a fleet, or an audience of several. Null: nothing.
  add column audience_id int;
update accounts.account set audience_id = -1 where global_role <> 'gitops';

create table accounts.fleet_role (
  account_id int not null references accounts.account on delete cascade,
  fleet_id int not null,
  role text collate "C" not null,
  primary key (account_id, fleet_id)
);
create index fleet_role_by_fleet on accounts.fleet_role (fleet_id, account_id);

-- Sessions have an id to name them by without the token. Those of programs never end by themselves.
alter table accounts.session
  add column id int generated always as identity unique,
  alter column expires_at drop not null;

create table accounts.invite (
  id int generated always as identity primary key,
  token_hash bytea not null unique,
  email text collate "C" not null,
  email_key text collate "C" not null unique,
  name text collate "C" not null,
  global_role text collate "C",
  fleets jsonb not null default '[]',
  invited_by int,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expires_at timestamptz not null
);

create table accounts.password_reset (
  token_hash bytea primary key,
  account_id int not null references accounts.account on delete cascade,
  expires_at timestamptz not null
);
