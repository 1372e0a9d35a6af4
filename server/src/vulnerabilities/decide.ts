import type { Decision } from '@flotilla/contract/vulnerabilities';
import { decideBod2604 } from '@flotilla/engine/decisions/bod-26-04';
import { dueAt } from '@flotilla/engine/decisions/due-policy';
import type { SlaRule } from '@flotilla/engine/decisions/sla';
import type { Context } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { sourcesOf } from './choose-facts.ts';
import { dueTimeOf, type Facts } from './due/rate.ts';
import { readTold } from './queries/advisories.ts';
import { type Deciding, findFacts } from './queries/deciding.ts';

/** Nobody says yet which hosts the internet can reach, so that question stays open. */
function decide({ exploited_since, is_listed, is_automatable, technical_impact }: Deciding) {
  const isKnownExploited = exploited_since !== null ? true : is_listed ? false : undefined;
  return decideBod2604({
    ...(isKnownExploited !== undefined && { isKnownExploited }),
    ...(is_automatable !== null && { isAutomatable: is_automatable }),
    ...(technical_impact !== null && { technicalImpact: technical_impact }),
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

/** What decides how urgent a vulnerability is, with the feed that tells it. @throws AppError `not_found` when no feed knows it */
export async function readDecision(ctx: Context, cve: string): Promise<Decision> {
  const row = await findFacts(ctx.db, cve);
  if (!row) throw notFound(`Vulnerability ${cve}`);
  const from = sourcesOf(await readTold(ctx.db, [row.id]));
  const { days, needsForensics, isCertain } = decide(row);
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
    decision: { days, needs_forensics: needsForensics, is_certain: isCertain },
  };
}
