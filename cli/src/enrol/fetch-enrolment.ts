import { readFileSync } from 'node:fs';
import { enrollSecrets } from '@flotilla/contract/fleets';
import type { ResponseOf } from '@flotilla/contract/route';
import { callServer } from '../call-server.ts';
import type { Enrolment } from './enrolment.ts';

const TIMEOUT_MS = 15_000;

/** Asks the server for the secret of hosts without a fleet. @throws Error with one line that names the server */
export async function fetchEnrolment(options: { server: string; token: string; caFile?: string }): Promise<Enrolment> {
  const { server: url, token, caFile } = options;
  const answer = await callServer(enrollSecrets, { url, token, timeoutMs: TIMEOUT_MS, ...(caFile && { caFile }) });
  return { secret: chooseSecret(answer), ca: caFile ? readFileSync(caFile, 'utf8') : null };
}

function chooseSecret({ spec: { secrets } }: ResponseOf<typeof enrollSecrets>): string {
  const chosen = secrets.find((secret) => secret.fleet_id === null) ?? secrets[0];
  if (!chosen) throw new Error('the server has no enrol secret');
  return chosen.secret;
}
