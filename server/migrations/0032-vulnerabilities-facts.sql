-- Computed from another upstream than the one it has the form of.
alter table vulnerabilities.statement add column is_derived boolean not null default false;

-- What each feed tells of vulnerabilities themselves. The columns of `vulnerability` are chosen among these.
create table vulnerabilities.told (
  vulnerability_id int not null,
  feed text collate "C" not null,
  facts jsonb not null,
  hash uuid not null,
  primary key (vulnerability_id, feed)
);
create index told_by_feed on vulnerabilities.told (feed);

alter table vulnerabilities.vulnerability
  add column published_at timestamptz,
  add column description text collate "C",
  add column severity text collate "C" check (severity in ('none', 'low', 'medium', 'high', 'critical')),
  -- The score that is shown, and the version of CVSS and the feed it comes from; a severity may be known without one.
  add column cvss real,
  add column cvss_version text collate "C",
  add column cvss_from text collate "C",
  add column is_rejected boolean not null default false,
  add column is_automatable boolean,
  add column technical_impact text collate "C" check (technical_impact in ('partial', 'total'));

-- The mirror never had it.
alter table vulnerabilities.feed add column is_absent boolean not null default false;

-- Of its own, because all of it changes every day.
create table vulnerabilities.likelihood (
  vulnerability_id int primary key,
  probability real not null,
  percentile real not null
);

-- What was stored of who is exploited comes from one feed; it is told again under that name at the feed's next update.
insert into vulnerabilities.told (vulnerability_id, feed, facts, hash)
select id, 'cisa-kev', jsonb_build_object('exploitation', jsonb_build_object('since', exploited_since, 'due', exploited_due,
  'inRansomware', coalesce(in_ransomware, false))), '00000000-0000-0000-0000-000000000000'
from vulnerabilities.vulnerability where exploited_since is not null;
