import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FeedTokens } from '@flotilla/feeds/feed';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { isNetwork } from './outgoing/address-guard.ts';

const Port = (fallback: number, description: string) =>
  Type.Integer({ minimum: 1, maximum: 65535, default: fallback, description });
const Text = (description: string) => Type.String({ minLength: 1, description });

/** Every setting that is read from the environment; the reference page is made from these sentences. */
export const Environment = Type.Object({
  FLOTILLA_DATA_DIR: Text(
    'Folder of everything the server keeps on disk. The `flotilla` command sets it: `/var/lib/flotilla` for root, else the data folder of the user.',
  ),
  FLOTILLA_SERVER_URL: Type.Optional(
    Text('Address under which hosts reach the server; absent: `https://localhost:` and the TLS port.'),
  ),
  FLOTILLA_HTTP_HOST: Type.String({ default: '127.0.0.1', description: 'Address the plain HTTP listener binds to.' }),
  FLOTILLA_HTTP_PORT: Port(8080, 'Port of the plain HTTP listener.'),
  FLOTILLA_TLS_HOST: Type.String({
    default: '127.0.0.1',
    description: 'Address the TLS listener binds to; `0.0.0.0` lets other hosts enrol.',
  }),
  FLOTILLA_TLS_PORT: Port(8443, 'Port of the TLS listener.'),
  FLOTILLA_TLS_CERT: Type.Optional(
    Text('PEM file with the certificate chain of the TLS listener; absent: one is made and kept in the data folder.'),
  ),
  FLOTILLA_TLS_KEY: Type.Optional(Text('PEM file with the key that belongs to `FLOTILLA_TLS_CERT`.')),
  FLOTILLA_TRUSTED_PROXIES: Type.Optional(
    Text('Comma-separated addresses or networks whose forwarding headers are believed; absent: none.'),
  ),
  FLOTILLA_DATABASE_URL: Type.Optional(
    Text('`postgres://` address of a PostgreSQL 15 or newer; absent: the embedded one is started.'),
  ),
  FLOTILLA_STORAGE_URL: Type.Optional(
    Text('Where packages are kept: the `file:` address of a folder; absent: `packages` in the data folder.'),
  ),
  FLOTILLA_FEEDS_URL: Type.Optional(
    Text('Mirror of the vulnerability feeds, a folder or an address; absent: each feed comes from its upstream.'),
  ),
  FLOTILLA_VULNCHECK_TOKEN: Type.Optional(
    Text('Token for VulnCheck, whose feeds are asked for only with one, or where a mirror has them; a secret.'),
  ),
  FLOTILLA_ALLOWED_NETWORKS: Type.Optional(
    Text(
      'Comma-separated private networks or addresses, like `10.1.0.0/16`, that webhooks and tickets may be sent to; absent: public addresses only.',
    ),
  ),
  FLOTILLA_INVENTORY_INTERVAL: Type.Integer({
    minimum: 10,
    maximum: 604_800,
    default: 3600,
    description: 'Seconds between two inventories of a host.',
  }),
  FLOTILLA_BACKUP_BEFORE_MIGRATION: Type.Enum(['on', 'off'], {
    default: 'on',
    description:
      'Whether a new version backs the database up into `backups` of the data folder before it changes it; `off` for a database that is backed up otherwise.',
  }),
  FLOTILLA_LOG_LEVEL: Type.Enum(['debug', 'info', 'warn', 'error'], {
    default: 'info',
    description: 'Least severe log lines to write.',
  }),
});

export interface Config {
  dataDir: string;
  serverUrl: string;
  http: { host: string; port: number };
  tls: { host: string; port: number; certFile: string | null; keyFile: string | null };
  trustedProxies: string[];
  databaseUrl: string | null;
  storageFolder: string;
  feedsUrl: string | null;
  /** Secrets: nothing shows or logs them. */
  feedTokens: FeedTokens;
  /** That may be sent to although they are not public. */
  allowedNetworks: string[];
  inventoryIntervalSeconds: number;
  backupBeforeMigration: boolean;
  logLevel: Static<typeof Environment>['FLOTILLA_LOG_LEVEL'];
  version: string;
}

/** All problems of the environment at once, each naming its variable. */
export class ConfigError extends Error {}

/**
 * Reads the configuration from environment variables, once.
 * @throws ConfigError with one line a problem
 */
export function readConfig(environment: Record<string, string | undefined>): Readonly<Config> {
  const given = Object.fromEntries(
    Object.keys(Environment.properties)
      .filter((name) => environment[name] !== undefined && environment[name] !== '')
      .map((name) => [name, environment[name]]),
  );
  const values = Value.Convert(Environment, Value.Default(Environment, given));
  const problems = [...Value.Errors(Environment, values)].map((error) => describe(error));
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  const env = values as Static<typeof Environment>;
  const more = [
    checkTlsFiles(env),
    checkUrl(env.FLOTILLA_SERVER_URL),
    checkStorage(env.FLOTILLA_STORAGE_URL),
    checkNetworks(env.FLOTILLA_ALLOWED_NETWORKS),
  ].filter((problem) => problem !== null);
  if (more.length > 0) throw new ConfigError(more.join('\n'));
  return Object.freeze(toConfig(env));
}

function toConfig(env: Static<typeof Environment>): Config {
  return {
    dataDir: env.FLOTILLA_DATA_DIR,
    serverUrl: (env.FLOTILLA_SERVER_URL ?? `https://localhost:${env.FLOTILLA_TLS_PORT}`).replace(/\/+$/, ''),
    http: { host: env.FLOTILLA_HTTP_HOST, port: env.FLOTILLA_HTTP_PORT },
    tls: {
      host: env.FLOTILLA_TLS_HOST,
      port: env.FLOTILLA_TLS_PORT,
      certFile: env.FLOTILLA_TLS_CERT ?? null,
      keyFile: env.FLOTILLA_TLS_KEY ?? null,
    },
    trustedProxies: listIn(env.FLOTILLA_TRUSTED_PROXIES),
    databaseUrl: env.FLOTILLA_DATABASE_URL ?? null,
    storageFolder: env.FLOTILLA_STORAGE_URL
      ? fileURLToPath(env.FLOTILLA_STORAGE_URL)
      : join(env.FLOTILLA_DATA_DIR, 'packages'),
    feedsUrl: env.FLOTILLA_FEEDS_URL ?? null,
    feedTokens: env.FLOTILLA_VULNCHECK_TOKEN ? { vulncheck: env.FLOTILLA_VULNCHECK_TOKEN } : {},
    allowedNetworks: listIn(env.FLOTILLA_ALLOWED_NETWORKS),
    inventoryIntervalSeconds: env.FLOTILLA_INVENTORY_INTERVAL,
    backupBeforeMigration: env.FLOTILLA_BACKUP_BEFORE_MIGRATION === 'on',
    logLevel: env.FLOTILLA_LOG_LEVEL,
    version: packageVersion(),
  };
}

const listIn = (text = ''): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

interface SchemaError {
  instancePath: string;
  message: string;
  params: object;
}

function describe(error: SchemaError): string {
  const missing = (error.params as { requiredProperties?: string[] }).requiredProperties;
  if (missing) return `${missing.join(', ')}: must be set`;
  return `${error.instancePath.slice(1)}: ${error.message}`;
}

function checkTlsFiles(env: Static<typeof Environment>): string | null {
  if (Boolean(env.FLOTILLA_TLS_CERT) === Boolean(env.FLOTILLA_TLS_KEY)) return null;
  return 'FLOTILLA_TLS_CERT, FLOTILLA_TLS_KEY: set both or neither';
}

function checkUrl(url: string | undefined): string | null {
  if (url === undefined || (URL.canParse(url) && /^https?:/.test(url))) return null;
  return 'FLOTILLA_SERVER_URL: must be an address like https://flotilla.example.org:8443';
}

function checkStorage(url: string | undefined): string | null {
  if (url === undefined || (URL.canParse(url) && /^file:\/\/\//.test(url))) return null;
  return 'FLOTILLA_STORAGE_URL: must be the address of a folder, like file:///srv/flotilla/packages';
}

function checkNetworks(text: string | undefined): string | null {
  const wrong = listIn(text).find((network) => !isNetwork(network));
  return wrong === undefined ? null : `FLOTILLA_ALLOWED_NETWORKS: ${wrong} is no network like 10.1.0.0/16`;
}

function packageVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
