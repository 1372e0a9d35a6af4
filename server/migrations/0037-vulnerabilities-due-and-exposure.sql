-- By when findings are to be mended, by a table of people's own: of a fleet, of hosts in none (0), or of all others (-1).
create table vulnerabilities.sla (
  fleet_id int primary key,
  rules jsonb not null
);

-- Whether the internet can reach the hosts of a fleet (0: of none) or of a label. Where nobody said, there is no row.
create table vulnerabilities.exposed_fleet (
  fleet_id int primary key,
  is_exposed boolean not null
);
create table vulnerabilities.exposed_label (
  label_id int primary key,
  is_exposed boolean not null
);
-- What labels say of hosts, as it was when their due dates were settled.
create table vulnerabilities.label_exposure (
  host_id int primary key,
  is_exposed boolean not null
);

-- Vulnerabilities to rate anew, and hosts and vulnerabilities whose due dates are to be settled anew.
create table vulnerabilities.rating_wanted (
  vulnerability_id int primary key
);
create sequence vulnerabilities.due_wanted_number;
create table vulnerabilities.due_wanted (
  vulnerability_id int primary key,
  -- Another one each time it is wanted, so that a wish that came while the one before was fulfilled is not taken away with it.
  number bigint not null default nextval('vulnerabilities.due_wanted_number')
);
create table vulnerabilities.host_due_wanted (
  host_id int primary key
);

-- What one host with the vulnerability adds to exposure.
create table vulnerabilities.weight (
  vulnerability_id int primary key,
  weight real not null
);

-- Urgent ones only. In how many days, by whose table (-1: that of all), and by what is known of a host's exposure. Attacks that became
-- known later than the finding begin their time then, and never lengthen that of `usual_days`.
create table vulnerabilities.due_class (
  vulnerability_id int not null,
  policy int not null,
  exposure text collate "C" not null check (exposure in ('yes', 'no', 'unknown')),
  days int,
  exploited_since timestamptz,
  usual_days int,
  primary key (vulnerability_id, policy, exposure)
);

create table vulnerabilities.host_due (
  host_id int not null,
  vulnerability_id int not null,
  since timestamptz not null,
  due timestamptz not null,
  primary key (host_id, vulnerability_id)
);
create index host_due_by_due on vulnerabilities.host_due (due, host_id, vulnerability_id);
create index host_due_by_vulnerability on vulnerabilities.host_due (vulnerability_id, due);

create table vulnerabilities.host_due_past (
  host_id int not null,
  vulnerability_id int not null,
  fleet_id int not null,
  since timestamptz not null,
  due timestamptz not null,
  closed_at timestamptz not null,
  -- False: the host went away with it.
  is_fixed boolean not null
);
create index host_due_past_by_host on vulnerabilities.host_due_past (host_id, vulnerability_id);
create index host_due_past_by_end on vulnerabilities.host_due_past (closed_at);

-- Exposure at the end of each hour, and why it is another than the hour before.
create table vulnerabilities.exposure_point (
  fleet_id int not null,
  at timestamptz not null,
  score double precision not null,
  by_reason jsonb not null,
  primary key (fleet_id, at)
);
-- What moved it since the last point.
create table vulnerabilities.exposure_move (
  fleet_id int not null,
  reason text collate "C" not null,
  score double precision not null,
  primary key (fleet_id, reason)
);

-- How many hosts had a vulnerability over time, in a few numbers.
create table vulnerabilities.vulnerability_history (
  fleet_id int not null,
  vulnerability_id int not null,
  first_at timestamptz not null,
  peak int not null,
  peak_at timestamptz not null,
  -- Since when no host has it; null while some do.
  gone_at timestamptz,
  primary key (fleet_id, vulnerability_id)
);

insert into vulnerabilities.rating_wanted select id from vulnerabilities.vulnerability where found_at is not null;
insert into vulnerabilities.vulnerability_history
select counted.fleet_id, counted.vulnerability_id, coalesce(vulnerability.found_at, now()), counted.hosts, now(), null
from vulnerabilities.vulnerability_fleet as counted
join vulnerabilities.vulnerability as vulnerability on vulnerability.id = counted.vulnerability_id where counted.hosts > 0;
