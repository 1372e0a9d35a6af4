import { X509Certificate } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { announceNextCa, prepareTls, readCaBundle, takeNextCa } from './tls.ts';

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

const certificatesOf = (bundle: string) =>
  (bundle.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []).map(
    (pem) => new X509Certificate(pem),
  );
const isTrusted = (cert: string, bundle: string) =>
  certificatesOf(bundle).some((ca) => new X509Certificate(cert).verify(ca.publicKey));

test('a new CA is trusted beside the old one for a month before the server takes it into use', async () => {
  const folder = createFolder();
  const before = await prepare(folder, ['localhost']);
  const due = await announceNextCa(folder);
  expect(await announceNextCa(folder)).toEqual(due);
  const during = await prepare(folder, ['localhost']);
  expect(during.cert).toBe(before.cert);
  expect(certificatesOf(during.ca)).toHaveLength(2);
  vi.useFakeTimers({ now: due, toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const after = await prepare(folder, ['localhost']);
  expect(isTrusted(after.cert, before.ca)).toBe(false);
  expect(isTrusted(after.cert, during.ca)).toBe(true);
  expect(certificatesOf(readCaBundle(folder))).toHaveLength(1);
});

test('a change of the CA that was interrupted between its two files is finished', async () => {
  const folder = createFolder();
  await prepare(folder, ['localhost']);
  await announceNextCa(folder);
  const file = (name: string) => join(folder, 'tls', name);
  renameSync(file('ca-next.key'), file('ca.key'));
  const after = await prepare(folder, ['localhost']);
  expect(certificatesOf(after.ca)).toHaveLength(1);
  expect(isTrusted(after.cert, after.ca)).toBe(true);
});

test('it can be taken into use at once, and not when there is none', async () => {
  const folder = createFolder();
  const before = await prepare(folder, ['localhost']);
  expect(() => takeNextCa(folder)).toThrow(/rotate-ca/);
  await announceNextCa(folder);
  takeNextCa(folder);
  expect(isTrusted((await prepare(folder, ['localhost'])).cert, before.ca)).toBe(false);
});
