create schema updates;

create table updates.rollout (
  id int generated always as identity primary key,
  name text collate "C" not null,
  title_id int not null,
  package_id int not null,
  vulnerability text collate "C",
  state text collate "C" not null check (state in ('running', 'paused', 'halted', 'aborted', 'done')),
  reason text collate "C" not null default '',
  success_share double precision not null check (success_share between 0 and 1),
  minimum_successes int not null check (minimum_successes >= 0),
  salt uuid not null,
  created_by text collate "C" not null,
  account_id int,
  created_at timestamptz not null,
  ended_at timestamptz,
  check ((ended_at is not null) = (state in ('aborted', 'done')))
);
create index rollout_moving on updates.rollout (id) where state = 'running';
create index rollout_under_way on updates.rollout (title_id) where state in ('running', 'paused', 'halted');

create table updates.ring (
  rollout_id int not null,
  no int not null,
  percent double precision not null,
  state text collate "C" not null check (state in ('waiting', 'open', 'passed', 'halted', 'aborted')),
  -- Its hosts, and those of them that had nothing older any more when it opened.
  targeted int not null,
  already int not null default 0,
  opened_at timestamptz,
  -- When the last of its hosts had a task, so that a crash in the middle goes on where it was.
  filled_at timestamptz,
  passed_at timestamptz,
  reason text collate "C" not null default '',
  primary key (rollout_id, no)
);

-- The hosts of the day the rollout was made; those that had the version when their ring opened get no task.
create table updates.rollout_host (
  rollout_id int not null,
  host_id int not null,
  ring int not null,
  already boolean not null default false,
  primary key (rollout_id, host_id)
);
create index rollout_host_by_ring on updates.rollout_host (rollout_id, ring, host_id);
create index rollout_host_by_host on updates.rollout_host (host_id);
