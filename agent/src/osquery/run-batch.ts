import { type Answer, failed } from './answer.ts';
import { createBatchReader, type NamedStatement } from './batch-reader.ts';
import { type Limits, runShell } from './shell.ts';
import { toStatement } from './sql-statement.ts';

export interface BatchOptions {
  program: string;
  /** The agent's. */
  folder: string;
  limits: Limits;
  signal: AbortSignal;
}

/**
 * Runs queries in one osquery, as starting one is what costs. A query on which it dies, or for which it has to be ended,
 * fails with the reason; answers before it stay, and those after it get an osquery of their own.
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
    if ('error' in statement) answers.set(name, failed(statement.error));
    else left.push({ name, text: statement.text });
  }
  while (left.length > 0 && !options.signal.aborted) {
    const reader = createBatchReader(left);
    const reason = await runShell(options, reader);
    if (options.signal.aborted && reason !== null) break;
    for (const [name, answer] of reader.finished()) answers.set(name, answer);
    if (reason === null) break;
    const current = reader.current();
    // Without a start there is no query to blame, and the next one would not start either.
    if (!current) for (const { name } of left) answers.set(name, failed(`osquery does not start: ${reason}`));
    else answers.set(current.name, failed(`this query ended osquery: ${reason}`));
    left = left.filter(({ name }) => !answers.has(name));
  }
  return answers;
}
