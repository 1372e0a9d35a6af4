import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from './log.ts';
import { shellMark } from './osquery/shell.ts';
import { endProcesses, processesWith } from './processes.ts';

/**
 * Ends what an agent that was interrupted left on its folder: a shell of osquery, or the osqueryd that agents ran in their
 * first version, whose files go too.
 */
export async function endLeftovers(folder: string, log: Log): Promise<void> {
  const daemonFlag = `--flagfile=${join(folder, 'osquery', 'osquery.flags')}`;
  const find = () => [...processesWith(daemonFlag), ...processesWith(shellMark(folder))];
  if (find().length > 0) {
    log.warn('ending an osquery that an earlier agent left', { pids: find() });
    await endProcesses(find);
  }
  for (const name of ['osquery', 'bin']) rmSync(join(folder, name), { recursive: true, force: true });
}
