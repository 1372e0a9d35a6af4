import { type Answer, failed } from './answer.ts';
import { createBatchReader, type NamedStatement } from './batch-reader.ts';
import type { Denylist } from './denylist.ts';
import { type Ending, type Limits, runShell } from './shell.ts';
import { toStatement } from './sql-statement.ts';

export interface BatchOptions {
  program: string;
  /** The agent's. */
  folder: string;
  limits: Limits;
  denylist: Denylist;
  signal: AbortSignal;
}

/**
 * Runs queries in one osquery, as starting one is what costs. A query on which it dies, or for which it has to be ended,
 * fails with the reason and is denied from then on; answers before it stay, and those after it get an osquery of their own.
 * @returns an answer for each query, in no order; fewer when the signal came first
 */
export async function runBatch(
  queries: Iterable<[name: string, sql: string]>,
  options: BatchOptions,
): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>();
  let left: NamedStatement[] = [];
  for (const [name, sql] of queries) {
    const statement = toStatement(sql);
    const refusal = 'error' in statement ? statement.error : options.denylist.reasonFor(statement.text);
    if ('error' in statement || refusal !== null) answers.set(name, failed(refusal ?? ''));
    else left.push({ name, text: statement.text });
  }
  const deadline = performance.now() + options.limits.batchSeconds * 1000;
  while (left.length > 0 && !options.signal.aborted) {
    const reader = createBatchReader(left);
    const ending = await runShell(options, { reader, deadline });
    if (options.signal.aborted && ending !== null) break;
    for (const [name, answer] of reader.finished()) answers.set(name, answer);
    if (ending === null) break;
    const blamed = reader.current();
    if (blamed && !ending.isOfBatch) answers.set(blamed.name, failed(blame(blamed, ending, options)));
    // Without a start there is no query to blame, and the next one would not start either.
    else for (const { name } of left) if (!answers.has(name)) answers.set(name, failed(sayOfBatch(ending)));
    left = left.filter(({ name }) => !answers.has(name));
  }
  return answers;
}

const sayOfBatch = ({ reason, isOfBatch }: Ending) =>
  isOfBatch ? `not answered: ${reason}` : `osquery does not start: ${reason}`;

const blame = ({ text }: NamedStatement, { reason }: Ending, { denylist }: BatchOptions) =>
  `this query ended osquery: ${reason}; it is denied until ${denylist.deny(text, reason).toISOString()}`;
