import { readFileSync } from 'node:fs';
import type { OrbitEnrollBody } from '@flotilla/contract/orbit';
import { createBackOff } from '../back-off.ts';
import type { EnrolmentFiles } from '../enrolment.ts';
import type { Log } from '../log.ts';
import type { Wake } from '../wake.ts';
import { callJson } from './call-json.ts';
import { explainFailure } from './explain-failure.ts';
import { readHostFacts } from './host-facts.ts';
import { writeNodeKey } from './node-key.ts';
import type { ServerLink } from './server-link.ts';

export const ENROL_PATH = '/api/fleet/orbit/enroll';

export interface Enrolling {
  folder: string;
  hostUuid: string;
  files: EnrolmentFiles;
  link: ServerLink;
  wake: Wake;
  signal: AbortSignal;
  log: Log;
  progress: (text: string) => void;
}

/**
 * Enrols, however long it takes. Why it does not succeed is said once for each reason.
 * @returns the key, which is on the disk; null when the signal came first
 */
export async function enrol(options: Enrolling): Promise<string | null> {
  const { link, wake, signal, log, progress } = options;
  const backOff = createBackOff();
  let said = '';
  while (!signal.aborted) {
    const outcome = await tryOnce(options);
    if (signal.aborted) return null;
    if ('key' in outcome) {
      keepKey(options, outcome.key);
      progress(`Enrolled at ${link.server.origin}`);
      return outcome.key;
    }
    const pauseMs = backOff.next(outcome.retryAfterMs);
    log.warn('could not enrol', { reason: outcome.reason, pauseSeconds: pauseMs / 1000 });
    if (outcome.reason !== said) progress(`Cannot enrol at ${link.server.origin}: ${outcome.reason}; it keeps trying`);
    said = outcome.reason;
    await wake.wait(pauseMs, signal);
  }
  return null;
}

function keepKey({ folder, log }: Enrolling, key: string): void {
  try {
    writeNodeKey(folder, key);
  } catch (error) {
    // Such as a full disk: the key serves as long as this agent runs, and the next one enrols again.
    log.error('the key cannot be kept', { reason: (error as Error).message });
  }
}

type Outcome = { key: string } | { reason: string; retryAfterMs?: number | null };

async function tryOnce({ hostUuid, files, link, signal }: Enrolling): Promise<Outcome> {
  try {
    const body: OrbitEnrollBody = {
      // Read each time: a secret may be rotated while we are refused.
      enroll_secret: readFileSync(files.secretFile, 'utf8').trim(),
      hardware_uuid: hostUuid,
      osquery_identifier: hostUuid,
      ...readHostFacts(),
    };
    const { status, json, retryAfterMs } = await callJson(link, {
      method: 'POST',
      path: ENROL_PATH,
      body: [JSON.stringify(body)],
      signal,
    });
    if (status === 200 && typeof json?.orbit_node_key === 'string' && json.orbit_node_key !== '') {
      return { key: json.orbit_node_key };
    }
    if (status === 401) return { reason: 'the server refuses the enrol secret' };
    return { reason: `the server answers with status ${status}`, retryAfterMs };
  } catch (error) {
    return { reason: explainFailure(error) };
  }
}
