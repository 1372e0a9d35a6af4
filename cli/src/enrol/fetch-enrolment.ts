import { readFileSync } from 'node:fs';
import type { ErrorBody } from '@flotilla/contract/errors';
import { enrollSecrets } from '@flotilla/contract/fleets';
import type { ResponseOf } from '@flotilla/contract/route';
import { Agent, request } from 'undici';
import type { Enrolment } from './enrolment.ts';

const TIMEOUT_MS = 15_000;

/** Asks the server for the secret of hosts without a fleet. @throws Error with one line that names the server */
export async function fetchEnrolment(options: { server: string; token: string; caFile?: string }): Promise<Enrolment> {
  const ca = options.caFile ? readFileSync(options.caFile, 'utf8') : null;
  const dispatcher = new Agent({ connect: ca ? { ca } : {}, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  try {
    const { statusCode, body } = await request(`${options.server.replace(/\/+$/, '')}${enrollSecrets.path}`, {
      dispatcher,
      headers: { authorization: `Bearer ${options.token}` },
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(reasonOf(statusCode, text));
    return { secret: chooseSecret(JSON.parse(text)), ca };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    throw new Error(`${options.server}: ${message || code}`);
  } finally {
    await dispatcher.close();
  }
}

function chooseSecret({ spec: { secrets } }: ResponseOf<typeof enrollSecrets>): string {
  const chosen = secrets.find((secret) => secret.fleet_id === null) ?? secrets[0];
  if (!chosen) throw new Error('the server has no enrol secret');
  return chosen.secret;
}

function reasonOf(status: number, text: string): string {
  try {
    const { message, errors } = JSON.parse(text) as ErrorBody;
    return [message, ...errors.map(({ reason }) => reason)].join(': ');
  } catch {
    return `answered with status ${status}`;
  }
}
