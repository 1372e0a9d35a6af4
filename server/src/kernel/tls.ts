import 'reflect-metadata';
import { webcrypto, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

export interface TlsFiles {
  cert: string;
  key: string;
  /** What hosts must trust: the CA we made, or the given chain. */
  ca: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 86_400_000;
const CA_DAYS = 3650;
const SERVER_DAYS = 397;
const RENEW_BEFORE_DAYS = 30;

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
  const folder = join(options.dataDir, 'tls');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const paths = (name: string) => ({ cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) });
  const ca = paths('ca');
  if (!existsSync(ca.cert)) writePair(ca, await makeCa());
  const server = paths('server');
  if (!stillGood(server.cert, options.names)) writePair(server, await makeServer(ca, options.names));
  return {
    cert: readFileSync(server.cert, 'utf8'),
    key: readFileSync(server.key, 'utf8'),
    ca: readFileSync(ca.cert, 'utf8'),
  };
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

function stillGood(file: string, names: string[]): boolean {
  if (!existsSync(file)) return false;
  const cert = new X509Certificate(readFileSync(file));
  const renewAt = Date.parse(cert.validTo) - RENEW_BEFORE_DAYS * DAY;
  const covers = (name: string) => (isAddress(name) ? cert.checkIP(name) : cert.checkHost(name)) !== undefined;
  return Date.now() < renewAt && names.every(covers);
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
