import type { FindingState } from '@flotilla/contract/finding-life';
import { judgeSoftware, lookupKeysOf } from '@flotilla/engine/matching/judge-software';
import type { Db } from '../../kernel/db/database.ts';
import { readIndex } from '../queries/judging.ts';
import type { FindingRow } from '../queries/list.ts';
import { packageIdentity } from './package-identity.ts';
import { readUnderWay, type Where, type WorkUnderWay } from './queries/under-way.ts';

type StatedRow = Pick<FindingRow, 'cve' | 'software_id' | 'source' | 'context' | 'exception_status'>;

/**
 * Where findings stand: what an exception says of them, else what is under way. An update counts where the package, judged as if the
 * host had it, does not have the vulnerability, nor leaves it open.
 */
export async function stateFindings(
  db: Db,
  rows: readonly StatedRow[],
  where: Where,
): Promise<(row: StatedRow) => FindingState> {
  const counting = new Map(rows.filter((row) => row.exception_status === null).map((row) => [row.software_id, row]));
  const work = counting.size > 0 ? await readUnderWay(db, [...counting.keys()], where) : [];
  const ends = await judgeWork(
    db,
    work.flatMap((one) => {
      const on = counting.get(one.software_id);
      return on ? [{ one, on }] : [];
    }),
  );
  return ({ cve, software_id, exception_status }) => {
    if (exception_status !== null) return exception_status;
    const ending = work.filter((one) => one.software_id === software_id && ends.get(one)?.(cve));
    if (ending.length === 0) return 'open';
    return ending.some((one) => one.is_busy) ? 'fixing' : 'planned';
  };
}

type Ends = (cve: string) => boolean;

/** Which vulnerabilities each work ends in the software. */
async function judgeWork(
  db: Db,
  pairs: { one: WorkUnderWay; on: StatedRow }[],
): Promise<ReadonlyMap<WorkUnderWay, Ends>> {
  const ends = new Map<WorkUnderWay, Ends>();
  const updates = pairs.flatMap(({ one, on }) =>
    one.kind === 'install' ? [{ one, identity: packageIdentity(one, on) }] : [],
  );
  const keys = updates.flatMap(({ identity }) => lookupKeysOf(identity));
  const index = await readIndex(db, [...new Set(keys)]);
  for (const { one } of pairs) if (one.kind === 'uninstall') ends.set(one, () => true);
  for (const { one, identity } of updates) {
    const { verdicts, notJudged } = judgeSoftware(identity, index);
    const left = new Set(verdicts.filter((each) => each.verdict !== 'not_affected').map((each) => each.vulnerability));
    ends.set(one, (cve) => !notJudged && !left.has(cve));
  }
  return ends;
}
