-- `pro` where the release gets fixes that others of it do not.
alter table hosts.context add column channel text collate "C" not null default '';

-- Distributions made from another one, whose advisories speak for them, as `linuxmint-21` for `ubuntu-22.04`.
create table hosts.derived_context (
  key text collate "C" primary key,
  context_id int not null,
  first_seen timestamptz not null default now()
);
