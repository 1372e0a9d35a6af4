create schema policies;

create table policies.policy (
  id int generated always as identity primary key,
  -- Null: of every host. 0: of hosts in no fleet.
  fleet_id int,
  name text collate "C" not null,
  type text collate "C" not null check (type in ('dynamic', 'version')),
  query text collate "C" not null,
  title_id int,
  minimum_version text collate "C",
  description text collate "C" not null,
  resolution text collate "C" not null,
  platform text collate "C" not null,
  critical boolean not null,
  install_title_id int,
  -- Counts the changes of what is asked: answers to an earlier question are dropped.
  revision int not null default 1,
  author_id int,
  author_name text collate "C" not null,
  author_email text collate "C" not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check ((type = 'version') = (title_id is not null and minimum_version is not null))
);
create unique index policy_name on policies.policy (coalesce(fleet_id, -1), name);

-- Counts changes of the set of policies, so that every process knows when what it remembers is old; `questions` counts
-- those that hosts have to be asked for.
create table policies.generation (
  id int primary key default 1 check (id = 1),
  generation int not null,
  questions int not null
);
insert into policies.generation (id, generation, questions) values (1, 1, 1);

-- Whoever takes answers takes it ROW SHARE, whoever changes what is asked takes it EXCLUSIVE. Holds no rows.
create table policies.fence ();

-- What a host answers; no row where it has not answered, or could not.
create table policies.policy_result (
  policy_id int not null,
  host_id int not null,
  passes boolean not null,
  why text collate "C" not null,
  since timestamptz not null,
  primary key (policy_id, host_id)
);
create index policy_result_by_host on policies.policy_result (host_id);
create index policy_result_failing on policies.policy_result (policy_id) where not passes;

-- Why there is no answer of a host; gone with the next answer.
create table policies.policy_error (
  policy_id int not null,
  host_id int not null,
  error text collate "C" not null,
  at timestamptz not null,
  primary key (policy_id, host_id)
);

-- Every change of an answer; null is no answer any more.
create table policies.policy_change (
  host_id int not null,
  policy_id int not null,
  policy_name text collate "C" not null,
  at timestamptz not null,
  passes boolean
);
create index policy_change_by_host on policies.policy_change (host_id, at);
create index policy_change_by_policy on policies.policy_change (policy_id, at);

-- When a host last answered, to which of the questions, and in which of its numbered inventories.
create table policies.host_run (
  host_id int primary key,
  questions int not null,
  asked int not null,
  at timestamptz not null
) with (fillfactor = 50);
