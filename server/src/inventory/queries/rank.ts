import { type RawBuilder, sql } from 'kysely';
import { exploitedVersions, isOnHosts } from './matching.ts';

export const rankKeys = ['cvss_score', 'epss_probability', 'cve_published', 'cisa_known_exploit'] as const;
export type RankKey = (typeof rankKeys)[number];

export const isRankKey = (key: string): key is RankKey => rankKeys.some((one) => one === key);

/** More than there can be hosts: what is equally bad is ordered by hosts. */
const STEP = 10_000_000_000n;

/**
 * Places of figures in their order as whole numbers: one for each tenth of a score, for each of the five digits that EPSS
 * has after the point, for each minute. What is unknown is at place 0, below everything.
 */
const PLACES: Record<RankKey, (value: RawBuilder<unknown>) => RawBuilder<unknown>> = {
  cvss_score: (value) => sql`coalesce(round((${value}) * 10) + 1, 0)`,
  epss_probability: (value) => sql`coalesce(round((${value}) * 100000) + 1, 0)`,
  cve_published: (value) => sql`coalesce(floor(extract(epoch from (${value})) / 60) + 1, 0)`,
  cisa_known_exploit: (value) => sql`coalesce((${value})::int, 0)`,
};

const rankOf = (key: RankKey, value: RawBuilder<unknown>) =>
  sql`((${PLACES[key](value)})::bigint * ${STEP}::bigint + counted.hosts)`;

const isExploited = sql`risk.version_id = any(array(${exploitedVersions}))`;

const OF_VERSION: Record<RankKey, RawBuilder<unknown>> = {
  cvss_score: sql`risk.cvss`,
  epss_probability: sql`risk.epss`,
  cve_published: sql`risk.published_at`,
  cisa_known_exploit: isExploited,
};

/** Versions of `counted`, as (version_id, hosts, rank). */
export const rankedVersions = (key: RankKey, counted: RawBuilder<unknown>) => sql`
  select counted.version_id, counted.hosts, ${rankOf(key, OF_VERSION[key])} as rank from (${counted}) as counted
  left join vulnerabilities.version_risk as risk on risk.version_id = counted.version_id and ${isOnHosts}`;

const OF_TITLE: Record<RankKey, RawBuilder<unknown>> = {
  cvss_score: sql`max(risk.cvss)`,
  epss_probability: sql`max(risk.epss)`,
  cve_published: sql`max(risk.published_at)`,
  cisa_known_exploit: sql`bool_or(${isExploited})`,
};

/** Titles of `counted`, as (title_id, hosts, rank): the worst of their versions that hosts of the fleet have decides. */
export const rankedTitles = (key: RankKey, counted: RawBuilder<unknown>, fleetId: number) => sql`
  select counted.title_id, counted.hosts, ${rankOf(key, sql`worst.figure`)} as rank from (${counted}) as counted
  left join (
    select risk.title_id, ${OF_TITLE[key]} as figure from vulnerabilities.version_risk as risk
    join inventory.version_fleet as there
      on there.fleet_id = ${fleetId} and there.version_id = risk.version_id and there.hosts > 0
    where ${isOnHosts} group by risk.title_id
  ) as worst on worst.title_id = counted.title_id`;

/**
 * The rank next to all that have a value of the list's figure, in the direction of the list: where the older way to go on begins.
 * @returns null for what is no value of the figure
 */
export function rankAfter(key: RankKey, value: string, descending: boolean): string | null {
  const place = placeOf(key, value);
  if (!Number.isFinite(place)) return null;
  return `${BigInt(place) * STEP + (descending ? 0n : STEP - 1n)}`;
}

function placeOf(key: RankKey, value: string): number {
  if (key === 'cisa_known_exploit')
    return value === 'true' || value === '1' ? 1 : value === 'false' || value === '0' ? 0 : Number.NaN;
  if (value === '') return 0;
  if (key === 'cve_published') return Math.floor(Date.parse(value) / 60_000) + 1;
  return Math.round(Number(value) * (key === 'cvss_score' ? 10 : 100_000)) + 1;
}
