import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { createBackOff } from '../back-off.ts';
import type { Log } from '../log.ts';
import { writeWhole } from '../write-whole.ts';
import { readText } from './call-json.ts';
import { explainFailure } from './explain-failure.ts';
import { createServerLink, type ServerLink } from './server-link.ts';

export const CA_PATH = '/api/v1/flotilla/agent/ca';
export const PING_PATH = '/api/fleet/orbit/ping';

export interface CaBundle {
  /** Hears which certificates the server wants to be trusted, and takes them over when they are others. */
  learn(sha256: string | undefined): void;
  /** Resolves when nothing is fetched any more. */
  idle(): Promise<void>;
}

interface Options {
  link: ServerLink;
  caFile: string;
  nodeKey: () => string;
  signal: AbortSignal;
  log: Log;
}

/** A bundle that could not be taken over is looked at again after this long, and later and later. */
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** The CAs that this host trusts, in a file. Who they are comes from a server that proved itself by those before. */
export function createCaBundle(options: Options): CaBundle {
  const { caFile, log } = options;
  const backOff = createBackOff({ firstMs: FIRST_PAUSE_MS, longestMs: LONGEST_PAUSE_MS });
  let nextTryAt = 0;
  let work: Promise<void> | null = null;

  async function renew(sha256: string): Promise<void> {
    try {
      const count = await takeOver(options, sha256);
      log.info('the CAs to trust have changed', { certificates: count });
      backOff.reset();
    } catch (error) {
      nextTryAt = performance.now() + backOff.next();
      log.error('the new CAs are not taken', { reason: explainFailure(error) });
    }
    work = null;
  }

  return {
    learn(sha256) {
      if (sha256 === undefined || work || performance.now() < nextTryAt || sha256 === hashOf(read(caFile))) return;
      work = renew(sha256);
    },
    idle: async () => work ?? undefined,
  };
}

/** @returns how many certificates are trusted now @throws Error when they are not to be trusted */
async function takeOver({ link, caFile, nodeKey, signal }: Options, sha256: string): Promise<number> {
  const response = await link.send({ method: 'GET', path: CA_PATH, nodeKey: nodeKey(), signal });
  const text = await readText(response);
  if (response.statusCode !== 200) throw new Error(`the server answers with status ${response.statusCode}`);
  if (hashOf(text) !== sha256) throw new Error('they are not those that the check-in announced');
  const count = countCertificates(text);
  await provenBy(text, { link, caFile, signal });
  writeWhole(caFile, text, 0o644);
  return count;
}

/** @throws Error when a part of it is no certificate, or there is none */
function countCertificates(text: string): number {
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (certificates.length === 0) throw new Error('there is no certificate among them');
  for (const certificate of certificates) new X509Certificate(certificate);
  return certificates.length;
}

/** Whoever trusts only them must still reach the server. @throws Error when it does not prove itself by them */
async function provenBy(
  text: string,
  { link, caFile, signal }: { link: ServerLink; caFile: string; signal: AbortSignal },
): Promise<void> {
  const candidate = `${caFile}.candidate`;
  writeWhole(candidate, text);
  const probe = createServerLink({ server: link.server, caFile: candidate });
  try {
    const response = await probe.send({ method: 'HEAD', path: PING_PATH, signal });
    response.destroy();
  } finally {
    probe.close();
    rmSync(candidate, { force: true });
  }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
