-- What people, or makers by VEX, say of a vulnerability, of all that is found in some software, or of one in the other: within its
-- scope, which is everything unless a fleet, a label or a host is named, such findings count no host while it is active.
create table vulnerabilities.exception (
  id int generated always as identity primary key,
  vulnerability_id int,
  title_id int,
  version_id int,
  -- 0 are the hosts in no fleet.
  fleet_id int,
  label_id int,
  host_id int,
  status text collate "C" not null check (status in ('accepted', 'not_affected', 'false_positive')),
  -- The five of OpenVEX.
  justification text collate "C" check (justification in ('component_not_present', 'vulnerable_code_not_present',
    'vulnerable_code_not_in_execute_path', 'vulnerable_code_cannot_be_controlled_by_adversary', 'inline_mitigations_already_exist')),
  reason text collate "C" not null,
  owner_id int,
  created_at timestamptz not null,
  since timestamptz not null,
  until timestamptz,
  state text collate "C" not null default 'planned' check (state in ('planned', 'active', 'ended')),
  ended_at timestamptz,
  ended_why text collate "C" check (ended_why in ('expired', 'ended', 'replaced', 'scope_gone')),
  ended_by int,
  -- Of the VEX document it came from.
  vex_document text collate "C",
  vex_statement text collate "C",
  check (num_nonnulls(vulnerability_id, title_id, version_id) > 0),
  check (num_nonnulls(title_id, version_id) <= 1),
  check (num_nonnulls(fleet_id, label_id, host_id) <= 1),
  -- A document may give a reason in words alone.
  check (status = 'not_affected' or justification is null),
  check ((state = 'ended') = (ended_at is not null)),
  check (until > since)
);
create index exception_living on vulnerabilities.exception (state, until) where state <> 'ended';
create index exception_by_vulnerability on vulnerabilities.exception (vulnerability_id) where vulnerability_id is not null;
create index exception_by_document on vulnerabilities.exception (vex_document) where vex_document is not null;

-- The hosts that exceptions for a host or a label are for, as they are counted. Who is in a label is taken over from the label.
create table vulnerabilities.exception_host (
  exception_id int not null,
  host_id int not null,
  primary key (exception_id, host_id)
);
create index exception_host_by_host on vulnerabilities.exception_host (host_id, exception_id);

-- Which findings each exception is about, wherever it counts and whatever its state.
create view vulnerabilities.exception_finding as
select exception.id as exception_id, exception.state, exception.fleet_id,
  exception.label_id is not null or exception.host_id is not null as is_for_hosts, finding.software_id, finding.vulnerability_id
from vulnerabilities.exception as exception
join vulnerabilities.finding as finding on finding.vulnerability_id = exception.vulnerability_id
join inventory.software as software on software.id = finding.software_id
join inventory.version as version on version.id = software.version_id
where (exception.title_id is null or exception.title_id = version.title_id)
  and (exception.version_id is null or exception.version_id = version.id)
union all
select exception.id, exception.state, exception.fleet_id, exception.label_id is not null or exception.host_id is not null,
  finding.software_id, finding.vulnerability_id
from vulnerabilities.exception as exception
join inventory.version as version on version.title_id = exception.title_id
join inventory.software as software on software.version_id = version.id
join vulnerabilities.finding as finding on finding.software_id = software.id
where exception.vulnerability_id is null
union all
select exception.id, exception.state, exception.fleet_id, exception.label_id is not null or exception.host_id is not null,
  finding.software_id, finding.vulnerability_id
from vulnerabilities.exception as exception
join inventory.software as software on software.version_id = exception.version_id
join vulnerabilities.finding as finding on finding.software_id = software.id
where exception.vulnerability_id is null;

-- Exempt: an active exception for everything is about it. Split: one for some hosts is, so that each host has to be asked.
-- Open: it counts hosts, all of them or, where it is split, some.
alter table vulnerabilities.finding
  add column is_exempt boolean not null default false,
  add column is_split boolean not null default false,
  add column is_open boolean not null generated always as (is_active and not is_exempt) stored;

-- Whether a split finding does not count on a host.
create function vulnerabilities.is_exempt(of_software int, of_vulnerability int, on_host int) returns boolean
  language sql stable parallel safe
  begin atomic
    select exists (
      select from vulnerabilities.exception_finding as about
      where about.state = 'active' and about.software_id = of_software and about.vulnerability_id = of_vulnerability
        and ((about.fleet_id is null and not about.is_for_hosts)
          or about.fleet_id = (select coalesce(host.fleet_id, 0) from hosts.host as host where host.id = on_host)
          or (about.is_for_hosts and exists (select from vulnerabilities.exception_host as named
            where named.exception_id = about.exception_id and named.host_id = on_host))));
  end;

-- Hosts that have a vulnerability, but by nothing that is not excepted.
create table vulnerabilities.accepted_fleet (
  fleet_id int not null,
  vulnerability_id int not null,
  hosts int not null,
  primary key (fleet_id, vulnerability_id)
);
-- Of audiences too: nothing is counted yet, so that their counters are right as they are.
