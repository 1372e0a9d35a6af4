-- The greatest of what was found in a version, for the orders and filters of lists. Null where nobody said it.
alter table vulnerabilities.version_risk
  add column cvss real,
  add column epss real,
  add column published_at timestamptz;
update vulnerabilities.version_risk as risk set cvss = found.cvss, epss = found.epss, published_at = found.published_at
from (
  select software.version_id, max(vulnerability.cvss) as cvss, max(likelihood.probability) as epss,
    max(vulnerability.published_at) as published_at
  from vulnerabilities.finding as finding
  join inventory.software as software on software.id = finding.software_id
  join vulnerabilities.vulnerability as vulnerability on vulnerability.id = finding.vulnerability_id
  left join vulnerabilities.likelihood as likelihood on likelihood.vulnerability_id = vulnerability.id
  where finding.is_active group by 1
) as found
where found.version_id = risk.version_id;
