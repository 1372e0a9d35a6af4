import type { Decision } from '@flotilla/contract/vulnerabilities';
import { decideBod2604 } from '@flotilla/engine/decisions/bod-26-04';
import { dueDate } from '@flotilla/engine/decisions/due-date';
import type { Context } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { sourcesOf } from './choose-facts.ts';
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

/**
 * When a finding is to be mended: its time runs from when it was found, or from when attacks became known, if that was later. Where
 * nobody told what the flaw allows, the strictest answer would make everything urgent: then only the date that CISA itself set counts.
 */
export function dueOf(since: Date, deciding: Deciding): string | null {
  if (deciding.is_automatable === null || deciding.technical_impact === null) return moment(deciding.exploited_due);
  const { days } = decide(deciding);
  const start = Math.max(since.getTime(), deciding.exploited_since?.getTime() ?? 0);
  return days === null ? null : dueDate(new Date(start).toISOString(), days);
}

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
