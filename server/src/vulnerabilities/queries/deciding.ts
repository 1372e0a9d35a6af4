import type { SeverityLevel } from '@flotilla/engine/decisions/severity';
import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';

/** What of a vulnerability decides by when it is to be mended. */
export interface Deciding {
  exploited_since: Date | null;
  /** By when CISA wants it mended. */
  exploited_due: Date | null;
  /** Whether a list of exploited vulnerabilities was read: without one nobody knows. */
  is_listed: boolean;
  is_automatable: boolean | null;
  technical_impact: 'partial' | 'total' | null;
}

/** Of `vulnerability`. */
export const DECIDING = sql`vulnerability.exploited_since, vulnerability.exploited_due, vulnerability.is_automatable, vulnerability.technical_impact,
  exists (select from vulnerabilities.told as listed where listed.feed = 'cisa-kev') as is_listed`;

export interface FactsRow extends Deciding {
  id: number;
  name: string;
  published_at: Date | null;
  description: string | null;
  severity: SeverityLevel | null;
  cvss: number | null;
  cvss_version: string | null;
  cvss_from: string | null;
  probability: number | null;
  percentile: number | null;
  in_ransomware: boolean | null;
}

export async function findFacts(db: Db, name: string): Promise<FactsRow | null> {
  const { rows } = await sql<FactsRow>`
    select vulnerability.id, vulnerability.name, vulnerability.published_at, vulnerability.description, vulnerability.severity,
      vulnerability.cvss, vulnerability.cvss_version, vulnerability.cvss_from, likelihood.probability, likelihood.percentile,
      vulnerability.in_ransomware, ${DECIDING}
    from vulnerabilities.vulnerability as vulnerability
    left join vulnerabilities.likelihood as likelihood on likelihood.vulnerability_id = vulnerability.id
    where vulnerability.name = upper(${name})`.execute(db);
  return rows[0] ?? null;
}
