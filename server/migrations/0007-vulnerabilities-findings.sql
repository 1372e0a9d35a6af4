create schema vulnerabilities;

-- What is stored of each feed, and why its newest data are not, where they are not.
create table vulnerabilities.feed (
  name text collate "C" primary key,
  generation text collate "C",
  records int not null default 0,
  problems int not null default 0,
  published_at timestamptz,
  fetched_at timestamptz,
  verified_at timestamptz,
  failure text collate "C",
  failed_at timestamptz,
  held_reason text collate "C",
  held_at timestamptz
);

create table vulnerabilities.vulnerability (
  id int generated always as identity primary key,
  name text collate "C" not null unique,
  exploited_since date,
  exploited_due date,
  in_ransomware boolean,
  -- When some software here was first found to have it; a feed may have named it long before.
  found_at timestamptz
);

create table vulnerabilities.lookup_key (
  id int generated always as identity primary key,
  key text collate "C" not null unique,
  scope text collate "C" not null
);
create index lookup_key_by_scope on vulnerabilities.lookup_key (scope);

-- What one advisory says about one key.
create table vulnerabilities.statement (
  key_id int not null,
  feed text collate "C" not null,
  advisory text collate "C" not null,
  vulnerabilities text[] not null,
  body jsonb not null,
  hash uuid not null,
  primary key (key_id, feed, advisory)
);
create index statement_by_feed on vulnerabilities.statement (feed);

create table vulnerabilities.software_key (
  key_id int not null,
  software_id int not null,
  primary key (key_id, software_id)
);
create index software_key_by_software on vulnerabilities.software_key (software_id);

-- Work as rows: whoever wants a software judged writes one, and judging takes it away.
create table vulnerabilities.software_to_judge (
  software_id int primary key,
  since timestamptz not null,
  why text collate "C" not null
);

create table vulnerabilities.software_judged (
  software_id int primary key,
  judged_at timestamptz not null,
  not_judged text collate "C",
  detail text collate "C" not null default ''
);

-- Active: affected, and not a matter that the distribution calls no security matter. Only active ones count hosts.
create table vulnerabilities.finding (
  software_id int not null,
  vulnerability_id int not null,
  verdict text collate "C" not null check (verdict in ('affected', 'unknown')),
  is_active boolean not null,
  fix_version text collate "C",
  remark text collate "C",
  body jsonb not null,
  since timestamptz not null,
  primary key (software_id, vulnerability_id)
);
create unique index finding_by_vulnerability on vulnerabilities.finding (vulnerability_id, software_id);

create table vulnerabilities.finding_past (
  software_id int not null,
  vulnerability_id int not null,
  verdict text collate "C" not null,
  is_active boolean not null,
  fix_version text collate "C",
  since timestamptz not null,
  closed_at timestamptz not null
);
create index finding_past_by_software on vulnerabilities.finding_past (software_id, closed_at);
create index finding_past_by_vulnerability on vulnerabilities.finding_past (vulnerability_id, closed_at);

-- Each publication of findings has a number; caches catch up by the software it names.
create table vulnerabilities.publication (
  generation bigint generated always as identity primary key,
  at timestamptz not null,
  software_ids int[] not null
);

create table vulnerabilities.count_delta (
  id bigint generated always as identity primary key,
  kind text collate "C" not null,
  fleet_id int not null,
  reason text collate "C" not null,
  keys int[] not null,
  by int[] not null
);

create table vulnerabilities.vulnerability_fleet (
  fleet_id int not null,
  vulnerability_id int not null,
  hosts int not null,
  primary key (fleet_id, vulnerability_id)
);
create index vulnerability_fleet_by_hosts on vulnerabilities.vulnerability_fleet (fleet_id, hosts desc, vulnerability_id);
