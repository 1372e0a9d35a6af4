import type { Log } from '../log.ts';
import { type Answer, failed } from './answer.ts';
import { openDenylist } from './denylist.ts';
import { runBatch } from './run-batch.ts';
import { LIMITS } from './shell.ts';

export interface QueryRunner {
  /** Queries to run, in one batch when nothing runs now. One that waits or runs already is not taken twice. */
  add(queries: Record<string, string>): void;
  /** Runs one query now. */
  ask(sql: string): Promise<Answer>;
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>;
}

interface Options {
  program: string;
  folder: string;
  signal: AbortSignal;
  log: Log;
  onAnswers: (answers: Map<string, Answer>) => void;
}

export function createQueryRunner({ program, folder, signal, log, onAnswers }: Options): QueryRunner {
  const options = { program, folder, limits: LIMITS, denylist: openDenylist({ folder, log }), signal };
  const waiting = new Map<string, string>();
  let running = new Map<string, string>();
  let work: Promise<void> | null = null;

  async function runAll(): Promise<void> {
    while (waiting.size > 0 && !signal.aborted) {
      running = new Map(waiting);
      waiting.clear();
      const since = performance.now();
      const answers = await runBatch(running, options);
      const failures = [...answers].filter(([, { status }]) => status !== 0);
      log.info('queries ran', {
        queries: running.size,
        failed: failures.map(([name, { message }]) => ({ name, message })),
        milliseconds: Math.round(performance.now() - since),
      });
      running = new Map();
      onAnswers(answers);
    }
  }

  return {
    add(queries) {
      for (const [name, sql] of Object.entries(queries)) if (running.get(name) !== sql) waiting.set(name, sql);
      if (waiting.size === 0) return;
      work ??= runAll()
        .catch((error: Error) => log.error('queries could not be run', { reason: error.message }))
        .finally(() => {
          work = null;
        });
    },
    async ask(sql) {
      const answers = await runBatch([['', sql]], options);
      return answers.get('') ?? failed('the agent stops');
    },
    idle: async () => work ?? undefined,
  };
}
