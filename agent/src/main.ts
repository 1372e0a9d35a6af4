import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitForEnrolment } from './enrolment.ts';
import { endLeftovers } from './leftovers.ts';
import { createLog } from './log.ts';
import { claimFolder } from './one-agent.ts';
import { findOsquery } from './osquery/find.ts';
import { runAgent } from './run-agent.ts';
import { CannotStart, readSettings, type Settings } from './settings.ts';

const log = createLog();

/** For the terminal of whoever started us; without one only the log is written. */
function progress(text: string): void {
  log.info(text);
  process.send?.({ type: 'progress', text });
}

/** Manages this host for the server until the signal. */
async function run({ folder, server }: Settings, signal: AbortSignal): Promise<void> {
  // The data folder is the server's to protect: others may have to pass through it.
  mkdirSync(join(folder, '..'), { recursive: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  claimFolder(folder, fileURLToPath(import.meta.url));
  const program = findOsquery();
  const files = await waitForEnrolment(folder, { signal, progress });
  await endLeftovers(folder, log);
  progress(`Running queries with ${program} for ${server.origin}`);
  await runAgent({ folder, server, files, program, signal, log, progress });
}

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stopping.abort());
// Whoever started us is gone, and with it the reason to run.
process.once('disconnect', () => stopping.abort());
// A mistake of ours in a corner must not leave the host alone.
process.on('unhandledRejection', (error) => log.error('unhandled', { stack: (error as Error)?.stack }));

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
