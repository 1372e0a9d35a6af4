import { processesOfEnvironment } from '../process-identity.ts';

/** Every process of an attempt has this variable. */
export const ATTEMPT_VARIABLE = 'FLOTILLA_ATTEMPT';

/** Sends a signal to a process group, and to whatever of the attempt has left the group. */
export function signalScript(
  signal: NodeJS.Signals,
  { group, attempt }: { group: number | null; attempt: string },
): void {
  if (group !== null) send(-group, signal);
  for (const pid of processesOfEnvironment(ATTEMPT_VARIABLE, attempt)) send(pid, signal);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}
