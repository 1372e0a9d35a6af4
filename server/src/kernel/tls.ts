import 'reflect-metadata';
import { webcrypto, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

export interface TlsFiles {
  cert: string;
  key: string;
  /** What hosts must trust: the CA we made, with the next one while it is being changed, or the given chain. */
  ca: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 86_400_000;
const CA_DAYS = 3650;
const SERVER_DAYS = 397;
const RENEW_BEFORE_DAYS = 30;
/** How long hosts have to learn of the next CA: longer than most holidays. */
const OVERLAP_DAYS = 30;

/**
 * The certificate of the TLS listener: the given files, or one made from our own CA and kept in the data folder. It is made
 * anew when it is about to expire or lacks a name; the CA stays, so hosts keep trusting it. P-256: it costs osquery's many
 * connections half of what RSA does.
 */
export async function prepareTls(options: {
  dataDir: string;
  names: string[];
  certFile: string | null;
  keyFile: string | null;
}): Promise<TlsFiles> {
  if (options.certFile && options.keyFile) {
    const cert = readFileSync(options.certFile, 'utf8');
    return { cert, key: readFileSync(options.keyFile, 'utf8'), ca: cert };
  }
  mkdirSync(join(options.dataDir, 'tls'), { recursive: true, mode: 0o700 });
  const { ca, next, server } = pathsIn(options.dataDir);
  if (!existsSync(ca.cert)) writePair(ca, await makeCa());
  if (isDue(next)) replaceCa(ca, next);
  if (!stillGood(server.cert, { ca, names: options.names })) writePair(server, await makeServer(ca, options.names));
  return {
    cert: readFileSync(server.cert, 'utf8'),
    key: readFileSync(server.key, 'utf8'),
    ca: readCaBundle(options.dataDir),
  };
}

/** The certificates that hosts must trust now: our CA, and beside it the next one during a change; empty without a CA of ours. */
export function readCaBundle(dataDir: string): string {
  const { ca, next } = pathsIn(dataDir);
  return [ca.cert, next.cert]
    .filter((file) => existsSync(file))
    .map((file) => `${readFileSync(file, 'utf8').trimEnd()}\n`)
    .join('');
}

/**
 * Makes the next CA, or finds it made. Hosts learn to trust it beside the old one, and the first start of the server after
 * `OVERLAP_DAYS` takes it into use; nobody enrols again.
 * @returns when that will be
 */
export async function announceNextCa(dataDir: string): Promise<Date> {
  const { ca, next } = pathsIn(dataDir);
  if (!existsSync(ca.cert)) {
    throw new Error(`There is no CA in ${join(dataDir, 'tls')} to change: start the server once`);
  }
  if (!existsSync(next.cert)) writePair(next, await makeCa());
  return dueAt(next);
}

/** Takes the announced CA into use at the next start of the server, for when every host is known to trust it. */
export function takeNextCa(dataDir: string): void {
  const { ca, next } = pathsIn(dataDir);
  if (!existsSync(next.cert)) throw new Error('No new CA was announced: run `flotilla keys rotate-ca` first');
  replaceCa(ca, next);
}

/** The certificate of ours that is served. */
export const servedCertificate = (dataDir: string) => pathsIn(dataDir).server.cert;

function pathsIn(dataDir: string) {
  const paths = (name: string): Pair => ({
    cert: join(dataDir, 'tls', `${name}.pem`),
    key: join(dataDir, 'tls', `${name}.key`),
  });
  return { ca: paths('ca'), next: paths('ca-next'), server: paths('server') };
}

/** A certificate says when it was made, a day off. @see validFor */
const dueAt = (next: Pair) =>
  new Date(Date.parse(new X509Certificate(readFileSync(next.cert)).validFrom) + (OVERLAP_DAYS + 1) * DAY);
const isDue = (next: Pair) => existsSync(next.cert) && (!existsSync(next.key) || dueAt(next).getTime() <= Date.now());

/** The key goes first: interrupted in between, the next CA has no key any more and the change is finished. */
function replaceCa(ca: Pair, next: Pair): void {
  if (existsSync(next.key)) renameSync(next.key, ca.key);
  renameSync(next.cert, ca.cert);
}

interface Pair {
  cert: string;
  key: string;
}

async function makeCa(): Promise<Pair> {
  const keys = await newKeys();
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: 'CN=Flotilla CA',
    ...validFor(CA_DAYS),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: cert.toString('pem'), key: await toPem(keys.privateKey) };
}

async function makeServer(ca: Pair, names: string[]): Promise<Pair> {
  const issuer = new x509.X509Certificate(readFileSync(ca.cert, 'utf8'));
  const signingKey = await fromPem(readFileSync(ca.key, 'utf8'));
  const keys = await newKeys();
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: 'CN=Flotilla server',
    issuer: issuer.subject,
    ...validFor(SERVER_DAYS),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((name) => ({ type: isAddress(name) ? ('ip' as const) : ('dns' as const), value: name })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { cert: cert.toString('pem'), key: await toPem(keys.privateKey) };
}

/** What is wrong with the certificate that is served, or null. */
export function findCertificateProblem(cert: string, names: readonly string[]): string | null {
  const parsed = new X509Certificate(cert);
  if (Date.parse(parsed.validTo) < Date.now() + RENEW_BEFORE_DAYS * DAY) return `it ends on ${parsed.validTo}`;
  const missing = names.filter((name) => !covers(parsed, name));
  return missing.length > 0 ? `it lacks the name ${missing.join(', ')}` : null;
}

const covers = (cert: X509Certificate, name: string) =>
  (isAddress(name) ? cert.checkIP(name) : cert.checkHost(name)) !== undefined;

function stillGood(file: string, { ca, names }: { ca: Pair; names: string[] }): boolean {
  if (!existsSync(file)) return false;
  const cert = readFileSync(file, 'utf8');
  const isOurs = new X509Certificate(cert).verify(new X509Certificate(readFileSync(ca.cert)).publicKey);
  return isOurs && findCertificateProblem(cert, names) === null;
}

/** Every name under which hosts may reach a server of this address. */
export function certificateNames(serverUrl: string): string[] {
  const host = new URL(serverUrl).hostname.replace(/^\[|\]$/g, '');
  return [...new Set([host, 'localhost', '127.0.0.1', '::1'])];
}

const isAddress = (name: string) => /^[\d.]+$/.test(name) || name.includes(':');
const newKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
const serial = () =>
  Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)))
    .toString('hex')
    .replace(/^[89a-f]/, '1');
/** Starts a day early: the clocks of hosts are not all right. */
const validFor = (days: number) => ({
  notBefore: new Date(Date.now() - DAY),
  notAfter: new Date(Date.now() + days * DAY),
});

async function toPem(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

function fromPem(pem: string): Promise<webcrypto.CryptoKey> {
  const der = x509.PemConverter.decodeFirst(pem);
  return webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']);
}

/** The key is in place before the certificate, so that an interrupted first start is simply made anew. */
function writePair(paths: Pair, pair: Pair): void {
  for (const name of ['key', 'cert'] as const) {
    writeFileSync(`${paths[name]}.new`, pair[name], { mode: 0o600, flush: true });
    renameSync(`${paths[name]}.new`, paths[name]);
  }
}
