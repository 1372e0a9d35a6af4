import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { dirname, join } from 'node:path';
import type { AgentTask } from '@flotilla/contract/agent';
import { createBackOff } from '../back-off.ts';
import { explainFailure } from '../server/explain-failure.ts';
import type { ServerLink } from '../server/server-link.ts';
import { createWake } from '../wake.ts';
import { safeFileName } from './file-name.ts';
import { hashFile } from './hash-file.ts';

export const packagePath = (sha256: string) => `/api/v1/flotilla/agent/packages/${sha256}`;

/** With the pauses between them about a minute. */
const MOST_TRIES = 5;
const FIRST_PAUSE_MS = 5000;
const DISK_FULL = ['ENOSPC', 'EDQUOT'];

export type Downloaded = { file: string } | { reason: string };

interface Download {
  wanted: NonNullable<AgentTask['package']>;
  /** Of the attempt, which is private. */
  folder: string;
  link: ServerLink;
  /** The one of the moment: a host may enrol again in between. */
  nodeKey: () => string;
  signal: AbortSignal;
  firstPauseMs?: number;
}

/** Trouble that will be the same the next time. */
class Hopeless extends Error {}

/**
 * Fetches a package and lets nothing through that is not, byte for byte, what the task says. What was fetched before an
 * interruption is used.
 */
export async function downloadPackage(download: Download): Promise<Downloaded> {
  const { wanted, folder, signal } = download;
  const file = join(folder, 'package', safeFileName(wanted.file_name));
  const backOff = createBackOff({ firstMs: download.firstPauseMs ?? FIRST_PAUSE_MS });
  const pause = createWake();
  let reason = '';
  for (let tries = 1; tries <= MOST_TRIES && !signal.aborted; tries += 1) {
    try {
      if ((await hashFile(file, wanted.size)) === wanted.sha256) return { file };
      await fetchOnce(download, file);
      return { file };
    } catch (error) {
      if (error instanceof Hopeless) return { reason: `download: ${error.message}` };
      if (DISK_FULL.includes((error as NodeJS.ErrnoException).code ?? ''))
        return { reason: 'download: the disk is full' };
      reason = `download: ${explainFailure(error)}, ${tries} times`;
    }
    if (tries < MOST_TRIES) await pause.wait(backOff.next(), signal);
  }
  return { reason: reason || 'download: interrupted' };
}

async function fetchOnce({ wanted, link, nodeKey, signal }: Download, file: string): Promise<void> {
  const response = await link.send({ method: 'GET', path: packagePath(wanted.sha256), nodeKey: nodeKey(), signal });
  try {
    checkHead(response);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const partial = `${file}.part`;
    rmSync(partial, { force: true });
    const found = await store(response, { partial, most: wanted.size });
    if (found.size !== wanted.size) {
      const came = found.size > wanted.size ? `more than ${wanted.size}` : String(found.size);
      throw new Hopeless(`the server sent ${came} bytes instead of ${wanted.size}`);
    }
    if (found.sha256 !== wanted.sha256) {
      throw new Hopeless(`the package is not the one that was asked for: its SHA-256 is ${found.sha256}`);
    }
    renameSync(partial, file);
  } finally {
    response.destroy();
  }
}

function checkHead({ statusCode, headers }: IncomingMessage): void {
  if (statusCode === 404) throw new Hopeless('the server has no such package for this host (status 404)');
  if (statusCode !== 200) throw new Error(`the server answered with status ${statusCode}`);
  if (/^text\/html/i.test(headers['content-type'] ?? '')) throw new Hopeless('the server sent a page of HTML instead');
}

async function store(
  response: IncomingMessage,
  { partial, most }: { partial: string; most: number },
): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  const target = await open(partial, 'wx', 0o600);
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) break;
      hash.update(chunk);
      await target.writeFile(chunk);
    }
    await target.sync();
  } finally {
    await target.close();
    if (size !== most) rmSync(partial, { force: true });
  }
  return { size, sha256: hash.digest('hex') };
}
