-- What one update ends: the packages built from one source in one distribution release, else one title.
create table vulnerabilities.action (
  id int generated always as identity primary key,
  key text collate "C" not null unique,
  name text collate "C" not null,
  kind text collate "C" not null check (kind in ('package', 'system', 'program')),
  context text collate "C" not null default '',
  -- The one version that takes most risk away, and how versions compare with it; null where no fix is known.
  fix_version text collate "C",
  scheme text collate "C"
);

create table vulnerabilities.action_software (
  software_id int primary key,
  action_id int not null
);
create index action_software_by_action on vulnerabilities.action_software (action_id);

-- What the action does about each vulnerability; the same one may be fixed in several versions. Empty: in none that is known.
create table vulnerabilities.action_vulnerability (
  action_id int not null,
  vulnerability_id int not null,
  fix_version text collate "C" not null,
  is_cleared boolean not null,
  -- What one host with it adds to the exposure of its fleet.
  exposure real not null,
  is_exploited boolean not null,
  -- 0 to 4 as none, low, medium, high, critical.
  severity smallint,
  due_at timestamptz,
  primary key (action_id, vulnerability_id, fix_version)
);
create index action_vulnerability_by_vulnerability on vulnerabilities.action_vulnerability (vulnerability_id);

-- What the action takes away from one host with a version; where no fix is known, all that is open in it. Lists rank by these.
create table vulnerabilities.action_version (
  action_id int not null,
  version_id int not null,
  title_id int not null,
  findings int not null,
  -- Stays after the update.
  kept int not null,
  exploited int not null,
  exposure real not null,
  severity smallint,
  due_at timestamptz,
  primary key (action_id, version_id)
);
create index action_version_by_title on vulnerabilities.action_version (title_id);

-- Work as rows: software that was judged, and actions of which something else is told now.
create table vulnerabilities.action_to_refresh (
  id bigint generated always as identity primary key,
  software_id int,
  action_id int
);
insert into vulnerabilities.action_to_refresh (software_id)
select distinct software_id from vulnerabilities.finding where is_active order by 1;
