import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { prepareTls } from './tls.ts';

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
const prepare = (dataDir: string, names: string[]) => prepareTls({ dataDir, names, certFile: null, keyFile: null });

test('the certificate is of P-256, bears all names, and is signed by the CA that hosts are given', async () => {
  const folder = createFolder();
  const files = await prepare(folder, ['flotilla.example.org', 'localhost', '127.0.0.1', '::1']);
  const [cert, ca] = [new X509Certificate(files.cert), new X509Certificate(files.ca)];
  expect(cert.verify(ca.publicKey)).toBe(true);
  expect(cert.checkIssued(ca)).toBe(true);
  expect(cert.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  for (const name of ['flotilla.example.org', 'localhost']) expect(cert.checkHost(name)).toBe(name);
  for (const address of ['127.0.0.1', '::1']) expect(cert.checkIP(address)).toBe(address);
  expect(statSync(join(folder, 'tls', 'server.key')).mode & 0o777).toBe(0o600);
});

test('it stays from start to start, and a new name makes a new one under the same CA', async () => {
  const folder = createFolder();
  const first = await prepare(folder, ['localhost']);
  expect((await prepare(folder, ['localhost'])).cert).toBe(first.cert);
  const renamed = await prepare(folder, ['localhost', 'new.example.org']);
  expect(renamed.cert).not.toBe(first.cert);
  expect(renamed.ca).toBe(first.ca);
});

test('given files are taken as they are', async () => {
  const folder = createFolder();
  writeFileSync(join(folder, 'cert'), 'CERT');
  writeFileSync(join(folder, 'key'), 'KEY');
  const files = await prepareTls({
    dataDir: folder,
    names: [],
    certFile: join(folder, 'cert'),
    keyFile: join(folder, 'key'),
  });
  expect(files).toEqual({ cert: 'CERT', key: 'KEY', ca: 'CERT' });
});
