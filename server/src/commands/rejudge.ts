import { rejudge } from '../vulnerabilities/index.ts';
import { withSystem } from './open-system.ts';
import { createProgressBar, seconds } from './progress-bar.ts';
import { readArguments, runCommand, UsageError, withDatabase } from './run-command.ts';

const USAGE = `Usage: flotilla rejudge

Judges all software anew by the advisories that are stored, while the server runs or not. Only findings that are not as
they should be change. Stopped in the middle, it goes on where it was: at the next call, or in the server.`;

await runCommand(USAGE, async (ctx, args) => {
  const { word } = readArguments(args, {});
  if (word) throw new UsageError(`flotilla rejudge takes no ${word}`);
  const since = performance.now();
  const progress = createProgressBar();
  let all = 0;
  const { software, isResumed } = await withDatabase(ctx.config, (connection) =>
    withSystem(ctx, connection, (system) =>
      rejudge(system, (waiting) => {
        all = Math.max(all, waiting);
        const done = all - waiting;
        progress.show('Judging', { part: done / Math.max(all, 1), text: `${done} of ${all} software` });
      }),
    ),
  ).finally(() => progress.clear());
  const from = isResumed ? 'what an earlier run left' : 'all software';
  process.stdout.write(`Judged ${from}, ${software.toLocaleString('en')}: ${seconds(since)}\n`);
  return 0;
});
