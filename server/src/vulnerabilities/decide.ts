import type { QueryOf } from '@flotilla/contract/route';
import type { Decision, vulnerabilityDecision } from '@flotilla/contract/vulnerabilities';
import { decideBod2604 } from '@flotilla/engine/decisions/bod-26-04';
import { dueAt } from '@flotilla/engine/decisions/due-policy';
import type { SlaRule } from '@flotilla/engine/decisions/sla';
import { readScope } from '../fleets/index.ts';
import type { Context } from '../kernel/context.ts';
import { ALL_FLEETS } from '../kernel/counters/spec.ts';
import { notFound } from '../kernel/errors.ts';
import { sourcesOf } from './choose-facts.ts';
import { readSlas } from './due/queries/rating.ts';
import { readFleetExposure } from './due/queries/rules.ts';
import { dueTimeOf, type Facts } from './due/rate.ts';
import { readTold } from './queries/advisories.ts';
import { type Deciding, type FactsRow, findFacts } from './queries/deciding.ts';

/** What the directive adds to the days. Where nobody said whether the internet reaches hosts, that question stays open. */
function directive({ exploited_since, is_automatable, technical_impact }: Deciding, isAssetExposed: boolean | null) {
  return decideBod2604({
    isKnownExploited: exploited_since !== null,
    ...(is_automatable !== null && { isAutomatable: is_automatable }),
    ...(technical_impact !== null && { technicalImpact: technical_impact }),
    ...(isAssetExposed !== null && { isAssetExposed }),
  });
}

/** Whose table holds for a finding, and what is known of its host; of no host in particular: the table of all. */
export interface DuePolicy {
  rules: readonly SlaRule[] | null;
  isAssetExposed: boolean | null;
}

/** When a finding that began then is to be mended; null: with the next upgrade. */
export const dueOf = (since: Date, facts: Facts, policy: DuePolicy): string | null =>
  dueAt(dueTimeOf(facts, policy), since.toISOString(), moment(facts.exploited_since));

const moment = (at: Date | null) => at?.toISOString() ?? null;

type FleetQuery = QueryOf<typeof vulnerabilityDecision>;

/** The policy of a fleet or, without one, of all. */
async function readPolicy(ctx: Context, query: FleetQuery): Promise<DuePolicy> {
  const fleetId = query.fleet_id ?? query.team_id;
  const slas = await readSlas(ctx.db);
  const of = (id: number) => slas.find((sla) => sla.fleetId === id)?.rules;
  if (fleetId === undefined) return { rules: of(ALL_FLEETS) ?? null, isAssetExposed: null };
  return {
    rules: of(fleetId) ?? of(ALL_FLEETS) ?? null,
    isAssetExposed: await readFleetExposure(ctx.db, fleetId),
  };
}

function decide(row: FactsRow, policy: DuePolicy): Decision['decision'] {
  const { basis, days } = dueTimeOf(row, policy);
  const told = basis === 'bod-26-04' ? directive(row, policy.isAssetExposed) : null;
  return {
    days,
    needs_forensics: told?.needsForensics ?? false,
    is_certain: told?.isCertain ?? basis === 'sla',
    basis,
    is_asset_exposed: policy.isAssetExposed,
  };
}

/**
 * What decides how urgent a vulnerability is, with the feed that tells it.
 * @throws AppError `not_found` when no feed knows it, or of the fleet; `forbidden`
 */
export async function readDecision(ctx: Context, cve: string, query: FleetQuery): Promise<Decision> {
  await readScope(ctx, 'software:read', query);
  const row = await findFacts(ctx.db, cve);
  if (!row) throw notFound(`Vulnerability ${cve}`);
  const from = sourcesOf(await readTold(ctx.db, [row.id]));
  const { probability, percentile } = row;
  return {
    cve: row.name,
    published: { at: moment(row.published_at), feed: from.published },
    description: { text: row.description, feed: from.description },
    severity: { level: row.severity, cvss_score: row.cvss, cvss_version: row.cvss_version, feed: row.cvss_from },
    epss: probability === null || percentile === null ? null : { probability, percentile },
    exploitation: {
      is_known: row.exploited_since !== null ? true : row.is_listed ? false : null,
      since: moment(row.exploited_since),
      due: moment(row.exploited_due),
      in_ransomware: row.in_ransomware,
      feed: from.exploitation,
    },
    ssvc: { is_automatable: row.is_automatable, technical_impact: row.technical_impact, feed: from.ssvc },
    decision: decide(row, await readPolicy(ctx, query)),
  };
}
