create schema inventory;

create table inventory.title (
  id int generated always as identity primary key,
  key uuid not null unique,
  name text collate "C" not null,
  display_name text collate "C" not null,
  sort_name text collate "C" not null,
  source text collate "C" not null,
  kind text collate "C" not null check (kind in ('normal', 'kernel', 'os', 'patch')),
  extension_for text collate "C" not null default '',
  bundle_identifier text collate "C" not null default '',
  application_id text collate "C" not null default '',
  upgrade_code text collate "C" not null default ''
);
create index title_by_name on inventory.title (sort_name, id);

create table inventory.version (
  id int generated always as identity primary key,
  key uuid not null unique,
  title_id int not null,
  name text collate "C" not null,
  version text collate "C" not null,
  source text collate "C" not null,
  vendor text collate "C" not null default '',
  arch text collate "C" not null default '',
  release text collate "C" not null default '',
  bundle_identifier text collate "C" not null default '',
  extension_id text collate "C" not null default '',
  extension_for text collate "C" not null default '',
  application_id text collate "C" not null default '',
  upgrade_code text collate "C" not null default ''
);
create index version_by_title on inventory.version (title_id, id);
create index version_by_text on inventory.version (left(version, 64) text_pattern_ops);

-- What a host has and what is judged: a version in its distribution context, with its origin.
create table inventory.software (
  id int generated always as identity primary key,
  key uuid not null unique,
  version_id int not null,
  context_id int not null,
  kind text collate "C" not null check (kind in ('normal', 'kernel', 'os', 'patch')),
  source_package text collate "C" not null default '',
  source_version text collate "C" not null default '',
  module text collate "C" not null default '',
  discovered_at timestamptz not null default now()
);
create index software_by_version on inventory.software (version_id);

-- No foreign keys from here: checking them would lock popular software rows against each other.
create table inventory.host_software (
  host_id int not null,
  software_id int not null,
  since timestamptz not null,
  primary key (host_id, software_id)
) with (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.01);
create unique index host_software_by_software on inventory.host_software (software_id, host_id);

create table inventory.host_software_past (
  host_id int not null,
  software_id int not null,
  since timestamptz not null,
  last_seen timestamptz not null,
  gone timestamptz not null
) partition by range (gone);
create index host_software_past_by_host on inventory.host_software_past (host_id, gone);
create index host_software_past_by_software on inventory.host_software_past (software_id, gone);
create table inventory.host_software_past_other partition of inventory.host_software_past default;

create table inventory.host_part (
  host_id int not null,
  part text collate "C" not null,
  asked int not null,
  hash uuid,
  detail_hash uuid,
  software_count int,
  ok_at timestamptz,
  held_asked int,
  error text collate "C",
  problems jsonb not null default '[]',
  primary key (host_id, part)
);

-- Paths and the like, as one document a part: they change without the software changing.
create table inventory.host_rows (
  host_id int not null,
  part text collate "C" not null,
  body jsonb not null,
  primary key (host_id, part)
);

create table inventory.host_inventory (
  host_id int primary key,
  software_updated_at timestamptz not null,
  complete_at timestamptz,
  novel_hour timestamptz,
  novel_count int not null default 0
);

create table inventory.count_delta (
  id bigint generated always as identity primary key,
  kind text collate "C" not null,
  fleet_id int not null,
  reason text collate "C" not null,
  keys int[] not null,
  by int[] not null
);

-- Fleet -1 is all fleets, 0 the hosts without one.
create table inventory.title_fleet (
  fleet_id int not null,
  title_id int not null,
  hosts int not null,
  primary key (fleet_id, title_id)
);
create index title_fleet_by_hosts on inventory.title_fleet (fleet_id, hosts desc, title_id);

create table inventory.version_fleet (
  fleet_id int not null,
  version_id int not null,
  hosts int not null,
  primary key (fleet_id, version_id)
);
create index version_fleet_by_hosts on inventory.version_fleet (fleet_id, hosts desc, version_id);

-- How many titles and versions of each kind a fleet has, so that lists need not count.
create table inventory.list_total (
  fleet_id int not null,
  list text collate "C" not null,
  kind text collate "C" not null,
  total int not null,
  primary key (fleet_id, list, kind)
);

create table inventory.counts_folded (
  id int primary key default 1 check (id = 1),
  at timestamptz not null
);

-- Inventory takes it ROW SHARE, whoever changes what inventory is compared with takes it EXCLUSIVE. Holds no rows.
create table inventory.fence ();

do $$
begin
  create index title_text on inventory.title using gin (name gin_trgm_ops);
exception when undefined_object then
  raise notice 'pg_trgm is not available: text search reads whole columns';
end $$;
