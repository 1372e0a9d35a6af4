-- A title that is merged into another: its versions stand with that one until the merge is undone.
alter table inventory.title add column merged_into int;
create index title_merged on inventory.title (id, merged_into) where merged_into is not null;

-- The title by the rules of identity, where a merge put the version under another; null where it did not.
alter table inventory.version add column own_title_id int;
create index version_by_own_title on inventory.version (own_title_id) where own_title_id is not null;

-- What came to hosts and left them on a day (UTC), by the fleet they were in. True value = change_by_day + change_delta.
create table inventory.change_delta (
  id bigint generated always as identity primary key,
  day date not null,
  fleet_id int not null,
  version_ids int[] not null,
  opened int[] not null,
  closed int[] not null
);
create table inventory.change_by_day (
  day date not null,
  fleet_id int not null,
  version_id int not null,
  opened int not null,
  closed int not null,
  primary key (day, fleet_id, version_id)
);

-- When products end, as the feed tells it.
create table inventory.lifecycle_product (
  name text collate "C" primary key,
  label text collate "C" not null,
  link text collate "C",
  identifiers jsonb not null
);
create table inventory.lifecycle_cycle (
  product text collate "C" not null,
  name text collate "C" not null,
  place int not null,
  label text collate "C" not null,
  released date,
  support_ends date,
  ends date,
  -- Said by the feed itself; counts where it names no date.
  has_ended boolean,
  extended_ends date,
  is_lts boolean not null,
  latest text collate "C",
  latest_released date,
  primary key (product, name)
);
create table inventory.lifecycle_stored (
  id int primary key default 1 check (id = 1),
  at timestamptz not null
);

-- The cycle a version is of, by the rules of the engine; absent where they know none.
create table inventory.version_lifecycle (
  version_id int primary key,
  product text collate "C" not null,
  cycle text collate "C" not null,
  remark text collate "C"
);
create index version_lifecycle_by_cycle on inventory.version_lifecycle (product, cycle);
