import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitForEnrolment } from './enrolment.ts';
import { readHostUuid } from './host-uuid.ts';
import { createLog } from './log.ts';
import { claimFolder } from './one-agent.ts';
import { findOsqueryd } from './osquery/find.ts';
import { flagFile, osqueryFlags, osqueryFolder } from './osquery/flags.ts';
import { endProcesses, processesWith } from './processes.ts';
import { CannotStart, readSettings, type Settings } from './settings.ts';
import { supervise } from './supervise.ts';
import { writeWhole } from './write-whole.ts';

const log = createLog();

/** For the terminal of whoever started us; without one only the log is written. */
function progress(text: string): void {
  log.info(text);
  process.send?.({ type: 'progress', text });
}

/** Runs osquery on this host for the server until the signal. */
async function run({ folder, server }: Settings, signal: AbortSignal): Promise<void> {
  // The data folder is the server's to protect: others may have to pass through it.
  mkdirSync(join(folder, '..'), { recursive: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  mkdirSync(osqueryFolder(folder), { recursive: true, mode: 0o700 });
  claimFolder(folder, fileURLToPath(import.meta.url));
  const enrolment = await waitForEnrolment(folder, { signal, progress });
  const program = findOsqueryd(folder);
  const flags = flagFile(folder);
  const argument = `--flagfile=${flags}`;
  const leftovers = () => processesWith(argument);
  if (leftovers().length > 0) {
    log.warn('ending an osquery that an interrupted agent left', { pids: leftovers() });
    await endProcesses(leftovers);
  }
  writeWhole(flags, osqueryFlags({ agentFolder: folder, server, hostUuid: readHostUuid(folder), enrolment }));
  progress(`Running ${program} for ${server.origin}`);
  await supervise({ program, args: [argument] }, { signal, log, progress });
  // A worker outlives a watcher that had to be killed.
  await endProcesses(leftovers);
}

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopping.abort());
// Whoever started us is gone, and with it the reason to run.
process.once('disconnect', () => stopping.abort());

try {
  await run(readSettings(process.env), stopping.signal);
} catch (error) {
  if (!stopping.signal.aborted) {
    const { message, stack } = error as Error;
    log.error(message, error instanceof CannotStart ? {} : { stack });
    process.exitCode = 1;
  }
}
if (process.connected) process.disconnect();
