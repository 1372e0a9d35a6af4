create schema installation;

-- A file that can be installed. Its bytes are in the store under their hash; the row stays when the library no longer has it.
create table installation.package (
  id int generated always as identity primary key,
  title_id int not null,
  fleet_id int not null default 0,
  file_name text collate "C" not null,
  format text collate "C" not null check (format in ('deb')),
  name text collate "C" not null,
  version text collate "C" not null,
  arch text collate "C" not null,
  platform text collate "C" not null,
  source_package text collate "C" not null,
  source_version text collate "C" not null,
  sha256 text collate "C" not null,
  size bigint not null,
  install_script text collate "C" not null,
  uninstall_script text collate "C" not null,
  post_install_script text collate "C" not null,
  pre_install_query text collate "C" not null,
  self_service boolean not null,
  uploaded_at timestamptz not null,
  uploaded_by text collate "C" not null,
  deleted_at timestamptz
);
create index package_by_title on installation.package (title_id, id) where deleted_at is null;
create unique index package_once on installation.package (fleet_id, title_id, version, arch) where deleted_at is null;

-- Something a host is to do. States and their order: server/src/installation/task-states.ts, and task_transition below.
create table installation.task (
  id uuid primary key,
  host_id int not null,
  kind text collate "C" not null check (kind in ('install', 'uninstall', 'script')),
  package_id int,
  title_id int,
  script text collate "C" not null,
  state text collate "C" not null check (state in
    ('queued', 'offered', 'running', 'reported', 'verified', 'unverified', 'failed', 'cancelled', 'expired', 'lost')),
  step text collate "C",
  attempt int not null,
  failures int not null default 0,
  most_attempts int not null,
  priority int not null,
  not_before timestamptz not null,
  expires_at timestamptz not null,
  nudged_at timestamptz,
  lease_until timestamptz,
  agent text collate "C" check (agent in ('flotilla', 'orbit')),
  on_hold boolean not null default false,
  cancel_requested boolean not null default false,
  outcome text collate "C",
  verify_asked int,
  verify_until timestamptz,
  reason text collate "C" not null default '',
  requested_by text collate "C" not null,
  account_id int,
  policy_id int,
  rollout_id int,
  ring int,
  created_at timestamptz not null,
  ended_at timestamptz,
  check ((ended_at is not null) = (state in ('verified', 'unverified', 'failed', 'cancelled', 'expired', 'lost'))),
  check (kind = 'script' or title_id is not null)
) with (fillfactor = 70);
-- One at a time on a host.
create unique index task_one_active on installation.task (host_id) where state in ('offered', 'running', 'reported');
create unique index task_once_a_rollout on installation.task (rollout_id, host_id) where rollout_id is not null;
create index task_queue on installation.task (host_id, priority desc, created_at, id) where state = 'queued';
create index task_not_nudged on installation.task (not_before) where state = 'queued' and nudged_at is null;
create index task_queued_expiry on installation.task (expires_at) where state = 'queued';
create index task_lease on installation.task (lease_until) where state in ('offered', 'running');
create index task_verify on installation.task (verify_until) where state = 'reported';
create index task_by_host on installation.task (host_id, created_at desc, id);
create index task_by_title on installation.task (title_id, host_id, created_at desc);
create index task_by_ring on installation.task (rollout_id, ring, state) where rollout_id is not null;
create index task_by_policy on installation.task (policy_id, host_id, created_at desc) where policy_id is not null;

-- Which state may follow which; an event that says otherwise is refused. '' is before the beginning.
create table installation.task_transition (
  from_state text collate "C" not null,
  to_state text collate "C" not null,
  primary key (from_state, to_state)
);
insert into installation.task_transition (from_state, to_state) values
  ('', 'queued'),
  ('queued', 'offered'), ('queued', 'cancelled'), ('queued', 'expired'),
  ('offered', 'running'), ('offered', 'queued'), ('offered', 'cancelled'),
  ('running', 'reported'), ('running', 'queued'), ('running', 'failed'), ('running', 'cancelled'),
  ('reported', 'verified'), ('reported', 'unverified'), ('reported', 'queued'), ('reported', 'failed'), ('reported', 'lost'),
  ('reported', 'cancelled');

create table installation.task_event (
  task_id uuid not null,
  no int not null,
  host_id int not null,
  from_state text collate "C" not null,
  to_state text collate "C" not null,
  at timestamptz not null,
  by text collate "C" not null,
  reason text collate "C" not null,
  primary key (task_id, no),
  foreign key (from_state, to_state) references installation.task_transition
);
create index task_event_by_host on installation.task_event (host_id, at);

-- What the host said of an attempt, with bounded outputs.
create table installation.task_result (
  task_id uuid not null,
  attempt int not null,
  at timestamptz not null,
  outcome text collate "C" not null,
  reason text collate "C" not null,
  steps jsonb not null,
  primary key (task_id, attempt)
);

-- The global stop: there while everything is stopped. Offers pass the fence side by side; whoever stops closes it, so that
-- after the commit of the stop no offer slips through.
create table installation.stop (
  id int primary key default 1 check (id = 1),
  since timestamptz not null,
  by text collate "C" not null,
  reason text collate "C" not null
);
create table installation.stop_fence ();
