-- When a host last answered to labels, to which revision of them, and in which of its numbered inventories.
alter table hosts.host drop column labels_asked, drop column labels_answered_at;
create table hosts.label_run (
  host_id int primary key,
  revision int not null,
  asked int not null,
  at timestamptz not null
) with (fillfactor = 50);

-- Counts changes of what labels ask: hosts that answered to a lower one are asked anew.
create sequence hosts.label_revision as int;
alter table hosts.label add column revision int not null default nextval('hosts.label_revision');
alter sequence hosts.label_revision owned by hosts.label.revision;

-- Which labels a host has. Built-in labels and those judged on the server are predicates and have no rows of their own.
create view hosts.host_label as
select member.label_id, member.host_id from hosts.label_member as member
union all
select label.id, host.id from hosts.label as label join hosts.host as host on host.deleted_at is null
where (label.kind = 'builtin' and (label.platform in ('', host.platform)
    or (label.platform = 'linux' and host.platform not in ('', 'darwin', 'windows', 'chrome', 'ios', 'ipados', 'android'))))
  or (label.kind = 'host_vitals' and (label.fleet_id is null or label.fleet_id = coalesce(host.fleet_id, 0))
    and case label.criteria ->> 'vital' when 'platform' then host.platform when 'os_version' then host.os_version
      when 'hostname' then host.hostname when 'hardware_serial' then host.serial end ilike label.criteria ->> 'pattern');

-- The system's own id, in lower case: with the serial number it tells that a host came back under another identifier.
alter table hosts.host
  add column hardware_uuid text collate "C" not null default '',
  -- Another host has, or had, the same identity: only the whole of it finds this one.
  add column shares_identity boolean not null default false,
  -- What the host calls itself, where another host has that name in `identifier`.
  add column shared_identifier text collate "C",
  add column split_from int;
create index host_by_hardware on hosts.host (hardware_uuid) where hardware_uuid <> '';
create index host_by_shared_identifier on hosts.host (shared_identifier) where shared_identifier is not null;

-- A key that ended because its host enrolled anew. When it is used again there are two such hosts.
alter table hosts.host_key
  add column is_superseded boolean not null default false,
  add column identifier text collate "C" not null default '';

-- Who uses a host, as people or other systems say.
create table hosts.host_email (
  host_id int not null,
  source text collate "C" not null,
  email text collate "C" not null,
  primary key (host_id, source)
);
create index host_email_by_email on hosts.host_email (email);
