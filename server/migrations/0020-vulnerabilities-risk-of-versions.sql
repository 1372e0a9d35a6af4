-- Versions of titles that people see and in which something active was found: lists of what is vulnerable begin here.
create table vulnerabilities.version_risk (
  version_id int primary key,
  title_id int not null,
  vulnerabilities int not null,
  -- Something was found in some of its software only: it is vulnerable while hosts have one of those.
  is_mixed boolean not null
);
create index version_risk_by_title on vulnerabilities.version_risk (title_id);
insert into vulnerabilities.version_risk (version_id, title_id, vulnerabilities, is_mixed)
select version.id, version.title_id, count(distinct finding.vulnerability_id),
  count(distinct software.id) > count(distinct finding.software_id)
from inventory.version as version
join inventory.title as title on title.id = version.title_id and title.kind = 'normal'
join inventory.software as software on software.version_id = version.id
left join vulnerabilities.finding as finding on finding.software_id = software.id and finding.is_active
group by version.id having count(finding.vulnerability_id) > 0;

create index vulnerability_exploited on vulnerabilities.vulnerability (id) where exploited_since is not null;

do $$
begin
  create index vulnerability_text on vulnerabilities.vulnerability using gin (name gin_trgm_ops);
exception when undefined_object then
  raise notice 'pg_trgm is not available: text search reads whole columns';
end $$;
