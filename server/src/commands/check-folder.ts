import { existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import type { Config } from '../kernel/config.ts';
import { keyFile } from '../kernel/secrets.ts';
import { certificateNames, findCertificateProblem, servedCertificate } from '../kernel/tls.ts';
import { type Check, ok, unknown, wrong } from './check.ts';
import { bytes } from './progress-bar.ts';

const LEAST_FREE_BYTES = 2e9;
const LEAST_FREE_SHARE = 0.05;

/** What can be seen without the database. */
export const checkFolder = (config: Readonly<Config>): Check[] => [
  checkSpace(config.dataDir),
  checkKeyFile(config.dataDir),
  checkCertificate(config),
];

function checkSpace(dataDir: string): Check {
  const { bavail, blocks, bsize } = statfsSync(dataDir);
  const found = `${bytes(bavail * bsize)} of ${bytes(blocks * bsize)} are free for ${dataDir}`;
  if (bavail * bsize >= LEAST_FREE_BYTES && bavail >= blocks * LEAST_FREE_SHARE) return ok('disk', found);
  return wrong('disk', found, 'make room: a full disk stops the database');
}

function checkKeyFile(dataDir: string): Check {
  const file = keyFile(dataDir);
  if (!existsSync(file)) {
    return wrong(
      'key file',
      `${file} is missing`,
      'restore it from a backup; a new installation makes it at its first start',
    );
  }
  const mode = statSync(file).mode & 0o777;
  if ((mode & 0o077) === 0) return ok('key file', file);
  return wrong('key file', `${file} can be read by others (mode ${mode.toString(8)})`, `chmod 600 ${file}`);
}

function checkCertificate({ dataDir, serverUrl, tls }: Readonly<Config>): Check {
  const file = tls.certFile ?? servedCertificate(dataDir);
  if (!existsSync(file)) return unknown('certificate', `${file} is missing`, 'start the server once: it makes one');
  const names = tls.certFile ? [new URL(serverUrl).hostname] : certificateNames(serverUrl);
  const problem = findCertificateProblem(readFileSync(file, 'utf8'), names);
  if (!problem) return ok('certificate', `${file} is good for ${names[0]}`);
  const remedy = tls.certFile ? `put a new one into ${tls.certFile}` : 'restart the server: it makes a new one';
  return wrong('certificate', `${file}: ${problem}`, remedy);
}
