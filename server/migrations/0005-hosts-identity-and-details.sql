create schema hosts;

-- A distribution release as far as vulnerability data tells them apart. Id 0: software that depends on none.
create table hosts.context (
  id int primary key,
  key text collate "C" not null unique,
  family text collate "C" not null,
  release text collate "C" not null,
  codename text collate "C" not null
);
create sequence hosts.context_id_seq as int owned by hosts.context.id;
alter table hosts.context alter column id set default nextval('hosts.context_id_seq');
insert into hosts.context (id, key, family, release, codename) values (0, '', '', '', '');

create table hosts.host (
  id int generated always as identity primary key,
  identifier text collate "C" not null unique,
  uuid text collate "C" not null default '',
  serial text collate "C" not null default '',
  hostname text collate "C" not null default '',
  computer_name text collate "C" not null default '',
  display_name text collate "C" not null default '',
  platform text collate "C" not null default '',
  os_version text collate "C" not null default '',
  context_id int not null default 0,
  fleet_id int,
  distributed_interval_seconds int not null default 10,
  config_refresh_seconds int not null default 60,
  inventory_asked int not null default 0,
  inventory_asked_at timestamptz,
  inventory_done int not null default 0,
  refetch_requested_at timestamptz,
  enrolled_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index host_by_hostname on hosts.host (hostname, id);
create index host_by_fleet on hosts.host (fleet_id, id);
create index host_by_uuid on hosts.host (uuid);
create index host_by_serial on hosts.host (serial);

create table hosts.host_key (
  key_hash bytea primary key,
  host_id int not null,
  kind text collate "C" not null check (kind in ('osquery', 'agent', 'device')),
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index host_key_by_host on hosts.host_key (host_id);

-- Written often: narrow and without a second index, so that updates stay in the page.
create table hosts.host_seen (
  host_id int primary key,
  seen_at timestamptz not null,
  address text collate "C" not null
) with (fillfactor = 50);

create table hosts.host_detail (
  host_id int primary key,
  detail jsonb not null,
  updated_at timestamptz not null
);

-- Input of a known host that was refused before its parts could be told apart.
create table hosts.host_problem (
  host_id int not null,
  kind text collate "C" not null,
  detail text collate "C" not null,
  count int not null,
  at timestamptz not null,
  primary key (host_id, kind, detail)
);

do $$
begin
  create extension if not exists pg_trgm;
  create index host_hostname_text on hosts.host using gin (hostname gin_trgm_ops);
exception when undefined_file or insufficient_privilege or feature_not_supported then
  raise notice 'pg_trgm is not available: text search reads whole columns';
end $$;
