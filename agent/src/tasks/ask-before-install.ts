import type { StepResult } from '@flotilla/contract/agent';
import type { QueryRunner } from '../osquery/query-runner.ts';
import { keepEnd } from '../runner/output-end.ts';

/** `reason` is empty when the query lets the installation go on. */
export interface AskedFirst {
  step: StepResult;
  reason: string;
}

/** An installation with a query goes on only where the query finds something. */
export async function askBeforeInstall(
  sql: string,
  { queries, mostOutputBytes }: { queries: QueryRunner; mostOutputBytes: number },
): Promise<AskedFirst> {
  const since = performance.now();
  const { status, message, rows, rowCount } = await queries.ask(sql);
  const isMet = status === 0 && rowCount > 0;
  const reason = status === 0 ? 'pre-install query returned no rows' : `pre-install query failed: ${message}`;
  return {
    step: {
      step: 'pre_install_query',
      exit_code: isMet ? 0 : 1,
      ...keepEnd(Buffer.from(status === 0 ? rows : message), mostOutputBytes),
      timed_out: false,
      runtime_seconds: (performance.now() - since) / 1000,
    },
    reason: isMet ? '' : reason.slice(0, 1000),
  };
}
