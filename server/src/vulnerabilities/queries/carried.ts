import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { Carried, SplitFinding } from '../carried.ts';

interface CarriedRow {
  software_id: number;
  open: number[] | null;
  exempt: number[] | null;
  split: number[] | null;
}

/** What software carries: of some, or of all that carries anything. Software without any is left out. */
export async function readCarried(db: Db | Tx, softwareIds?: number[]): Promise<Map<number, Carried>> {
  const only = softwareIds ? sql`and software_id = any(${ints(softwareIds)}::int[])` : sql``;
  const { rows } = await sql<CarriedRow>`
    select software_id, array_agg(vulnerability_id) filter (where is_open and not is_split) as open,
      array_agg(vulnerability_id) filter (where is_exempt) as exempt,
      array_agg(vulnerability_id) filter (where is_open and is_split) as split
    from vulnerabilities.finding where is_active ${only} group by 1`.execute(db);
  const splitIn = rows.filter((row) => row.split !== null).map((row) => row.software_id);
  const split = splitIn.length > 0 ? await readSplit(db, splitIn) : new Map<number, SplitFinding[]>();
  return new Map(
    rows.map(({ software_id, open, exempt }) => [
      software_id,
      { open: open ?? [], exempt: exempt ?? [], split: split.get(software_id) ?? [] },
    ]),
  );
}

async function readSplit(db: Db | Tx, softwareIds: number[]): Promise<Map<number, SplitFinding[]>> {
  const { rows } = await sql<SplitFinding & { software_id: number }>`
    select finding.software_id, finding.vulnerability_id as "vulnerabilityId",
      coalesce(array_agg(about.fleet_id) filter (where about.fleet_id is not null), '{}') as "fleetIds",
      coalesce(array_agg(about.exception_id) filter (where about.is_for_hosts), '{}') as "exceptionIds"
    from vulnerabilities.finding as finding
    join vulnerabilities.exception_finding as about on about.state = 'active'
      and about.software_id = finding.software_id and about.vulnerability_id = finding.vulnerability_id
    where finding.software_id = any(${ints(softwareIds)}::int[]) and finding.is_open and finding.is_split
    group by 1, 2`.execute(db);
  return Map.groupBy(rows, (row) => row.software_id);
}

/** Exceptions for single hosts or labels, by the hosts they are for; of some hosts, or of all. */
export async function readNamed(db: Db | Tx, hostIds?: number[]): Promise<Map<number, Set<number>>> {
  const only = hostIds ? sql`where host_id = any(${ints(hostIds)}::int[])` : sql``;
  const { rows } = await sql<{ host_id: number; ids: number[] }>`
    select host_id, array_agg(exception_id) as ids from vulnerabilities.exception_host ${only} group by 1`.execute(db);
  return new Map(rows.map((row) => [row.host_id, new Set(row.ids)]));
}
