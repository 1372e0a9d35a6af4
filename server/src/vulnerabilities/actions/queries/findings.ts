import type { SeverityLevel } from '@flotilla/engine/decisions/severity';
import type { SchemeName } from '@flotilla/engine/versions/schemes';
import { sql } from 'kysely';
import { ALL_FLEETS } from '../../../kernel/counters/spec.ts';
import { ints } from '../../../kernel/db/arrays.ts';
import type { Tx } from '../../../kernel/db/database.ts';
import { DECIDING, type Deciding } from '../../queries/deciding.ts';

/** What was found in the software of an action, together where vulnerability and fix are the same. */
export interface FoundInAction extends Deciding {
  action_id: number;
  vulnerability_id: number;
  vulnerability: string;
  /** Empty: none is known. */
  fix_version: string;
  scheme: SchemeName;
  since: Date;
  /** Of all fleets; a host with two of the software counts twice. */
  hosts: number;
  severity: SeverityLevel | null;
  cvss: number | null;
  probability: number | null;
}

export async function readFoundIn(tx: Tx, actionIds: number[]): Promise<FoundInAction[]> {
  const { rows } = await sql<FoundInAction>`
    with found as materialized (
      select member.action_id, finding.vulnerability_id, coalesce(finding.fix_version, '') as fix_version,
        min(finding.body -> 'evidence' ->> 'comparator') as scheme, min(finding.since) as since,
        coalesce(sum(counted.hosts), 0)::int as hosts
      from vulnerabilities.action_software as member
      join vulnerabilities.finding as finding on finding.software_id = member.software_id and finding.is_open
      join inventory.software as software on software.id = member.software_id
      left join inventory.version_fleet as counted on counted.version_id = software.version_id and counted.fleet_id = ${ALL_FLEETS}
      where member.action_id = any(${ints(actionIds)}::int[]) group by 1, 2, 3
    )
    select found.*, vulnerability.name as vulnerability, vulnerability.severity, vulnerability.cvss, likelihood.probability, ${DECIDING}
    from found join vulnerabilities.vulnerability as vulnerability on vulnerability.id = found.vulnerability_id
    left join vulnerabilities.likelihood as likelihood on likelihood.vulnerability_id = found.vulnerability_id
    order by found.action_id, found.vulnerability_id, found.fix_version`.execute(tx);
  return rows;
}

/** One software of each action: it stands for what the update would be judged as. */
export async function readSamples(tx: Tx, actionIds: number[]): Promise<Map<number, number>> {
  const { rows } = await sql<{ action_id: number; software_id: number }>`
    select action_id, max(software_id) as software_id from vulnerabilities.action_software
    where action_id = any(${ints(actionIds)}::int[]) group by 1`.execute(tx);
  return new Map(rows.map((row) => [row.action_id, row.software_id]));
}
