import { type RawBuilder, sql } from 'kysely';

/** Only what a vulnerability was found in of which all of this is true. */
export interface RiskFilter {
  exploited: boolean;
  /** Scores of CVSS, both included; null for any, and for vulnerabilities without one. */
  cvss: { min: number; max: number } | null;
}

/** Which software a list is about. */
export interface SoftwareFilter {
  /** Whose counters tell what hosts have. */
  fleetId: number;
  text?: string;
  source?: string;
  risk?: RiskFilter;
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&');
export const contains = (text: string) => `%${escapeLike(text)}%`;
export const startsWith = (text: string) => `${escapeLike(text)}%`;

/** Not excepted on the host of `have`; asked only of the few findings that exceptions for some hosts are about. */
const countsOn = (finding: RawBuilder<unknown>) =>
  sql`(not ${finding}.is_split or not vulnerabilities.is_exempt(${finding}.software_id, ${finding}.vulnerability_id, have.host_id))`;
const onCarried = countsOn(sql`carried`);

/**
 * Something was found in a version that hosts have: where only some of its software is affected, or exceptions are about some hosts,
 * a host must have one of those on which it counts.
 * `offset 0` keeps the planner from collecting the findings of all software for the few rows that ask.
 */
export const isOnHosts = sql`(not risk.is_mixed or exists (
  select from inventory.software as carrier
  join vulnerabilities.finding as carried on carried.software_id = carrier.id and carried.is_open
  where carrier.version_id = risk.version_id
    and exists (select from inventory.host_software as have where have.software_id = carrier.id and ${onCarried} offset 0) offset 0))`;

/** Software of versions in which one of some vulnerabilities was found and that hosts have, as `risk`. */
const carriers = (which: RawBuilder<unknown>) => sql`
  from vulnerabilities.vulnerability as vulnerability
  join vulnerabilities.finding as finding on finding.vulnerability_id = vulnerability.id and finding.is_open
  join inventory.software as software on software.id = finding.software_id
  join vulnerabilities.version_risk as risk on risk.version_id = software.version_id
  where ${which} and (not risk.is_mixed or exists (
    select from inventory.host_software as have where have.software_id = software.id and ${countsOn(sql`finding`)} offset 0))`;

const isExploited = sql`vulnerability.exploited_since is not null`;

/** Versions with a vulnerability that is known to be exploited: few. */
export const exploitedVersions = sql`select distinct risk.version_id ${carriers(isExploited)}`;

const scored = ({ min, max }: NonNullable<RiskFilter['cvss']>) =>
  sql`vulnerability.cvss between ${min}::real and ${max}::real`;

/** The greatest score answers for most versions; only those above the range, or with software that differs, are searched. */
const isScored = (range: NonNullable<RiskFilter['cvss']>) => sql`
  risk.cvss >= ${range.min}::real and ((not risk.is_mixed and risk.cvss <= ${range.max}::real) or exists (
    select from inventory.software as carrier
    join vulnerabilities.finding as carried on carried.software_id = carrier.id and carried.is_open
    join vulnerabilities.vulnerability as vulnerability on vulnerability.id = carried.vulnerability_id and ${scored(range)}
    where carrier.version_id = risk.version_id
      and exists (select from inventory.host_software as have where have.software_id = carrier.id and ${onCarried} offset 0) offset 0))`;

function isAtRisk({ exploited, cvss }: RiskFilter) {
  if (!exploited) return cvss ? isScored(cvss) : isOnHosts;
  const which = cvss ? sql`${isExploited} and ${scored(cvss)}` : isExploited;
  return sql`risk.version_id = any(array(select distinct risk.version_id ${carriers(which)}))`;
}

/** Versions the fleet's hosts have that are at risk in the way asked for, as (version_id, title_id, hosts). */
export const atRisk = (fleetId: number, risk: RiskFilter) => sql`
  select counted.version_id, risk.title_id, counted.hosts
  from vulnerabilities.version_risk as risk
  join inventory.version_fleet as counted
    on counted.fleet_id = ${fleetId} and counted.version_id = risk.version_id and counted.hosts > 0
  where ${isAtRisk(risk)}`;

/** What every name of a vulnerability has in it finds none: it would find them all. */
const couldBeVulnerability = (text: string) => text.length >= 4 && !/\s|^cve-?\d{0,3}$/i.test(text);

const carriersByText = (text: string, column: RawBuilder<unknown>) =>
  couldBeVulnerability(text)
    ? sql`select ${column} ${carriers(sql`vulnerability.name like ${contains(text.toUpperCase())}`)}`
    : sql`select ${column} from vulnerabilities.version_risk as risk where false`;

/** Text is looked for in the few names of titles; one character only at their beginning, where an index finds it. */
const titlesByName = (text: string) =>
  text.length < 2
    ? sql`select id from inventory.title where sort_name like ${startsWith(text.toLowerCase())}`
    : sql`select id from inventory.title where name ilike ${contains(text)}
        union select id from inventory.title where display_name <> name and display_name ilike ${contains(text)}`;

/** Ids of titles by name, or by what was found in a version of them that the fleet's hosts have. */
export const titlesByText = (text: string, fleetId: number) => sql`
  ${titlesByName(text)} union ${carriersByText(text, sql`risk.title_id`)}
    and exists (select from inventory.version_fleet as there
      where there.fleet_id = ${fleetId} and there.version_id = risk.version_id and there.hosts > 0)`;

/** Versions, as (id, title_id), by the name of their title, the beginning of their own text, or what was found in them. */
export const versionsByText = (text: string) => sql`
  select id, title_id from inventory.version where title_id = any(array(${titlesByName(text)}))
  union select id, title_id from inventory.version where left(version, 64) like ${startsWith(text)}
  union ${carriersByText(text, sql`risk.version_id, risk.title_id`)}`;

/** Systems and their patches are no software of their own to people. They are few, so what is not among them is told at once. */
export const hiddenTitles = sql`select id from inventory.title where kind <> 'normal'`;
