import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPerson, readSetUpToken } from './accounts/index.ts';
import { addHostApis } from './check-in/index.ts';
import { createDomains } from './domains.ts';
import { ensureEnrolSecret, listEnrolSecrets } from './fleets/index.ts';
import { startSeenBuffer } from './hosts/index.ts';
import { keepMonths, startFolding } from './inventory/index.ts';
import { refuseUnfinished } from './kernel/backup/claim-folder.ts';
import { backUpBeforeMigration } from './kernel/backup/keep-backups.ts';
import { type Config, ConfigError, readConfig } from './kernel/config.ts';
import { asSystem, type Context } from './kernel/context.ts';
import { type ConnectionSettings, connect } from './kernel/db/connect.ts';
import { inTurn } from './kernel/db/in-turn.ts';
import type { Domain } from './kernel/domain.ts';
import { createHttpServer } from './kernel/http/server.ts';
import { type Jobs, startJobs } from './kernel/jobs.ts';
import { createLog, type Log } from './kernel/log.ts';
import { migrate } from './kernel/migrate/migrate.ts';
import { startEmbeddedPostgres } from './kernel/postgres/embedded.ts';
import { EmbeddedPostgresError } from './kernel/postgres/embedded-error.ts';
import { relayNudges } from './kernel/processes/relay-nudges.ts';
import { createSecretBox, readSecretKeys } from './kernel/secrets.ts';
import { openFolderStore } from './kernel/storage/folder-store.ts';
import { certificateNames, prepareTls, type TlsFiles } from './kernel/tls.ts';
import { startFoldingVulnerabilities, startJudging } from './vulnerabilities/index.ts';

const CONSOLE = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** What has to be undone at the end, in reverse order. */
type Closing = () => Promise<void>;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const closings: Closing[] = [];
  const close = async () => {
    for (const closing of closings.splice(0).reverse()) await closing();
  };
  const stop = (signal: string) => {
    log.info({ signal }, 'stopping');
    close().then(
      () => process.exit(0),
      (error) => fail(log, error),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  // Without its parent nobody would stop it.
  process.once('disconnect', () => stop('disconnect'));
  try {
    await start(config, log, closings);
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}

async function start(config: Readonly<Config>, log: Log, closings: Closing[]): Promise<void> {
  mkdirSync(config.dataDir, { recursive: true });
  refuseUnfinished(config.dataDir);
  const connection = await startDatabase(config, closings);
  const db = connect(connection, log);
  // Of their own, so that people never wait behind a storm of hosts: least of all whoever stops everything.
  const hostDb = connect(connection, log);
  closings.push(
    () => db.destroy(),
    () => hostDb.destroy(),
  );
  progress('Bringing the database up to date');
  await migrate({ db, log }, { beforeChange: (missing) => backUp(config, { log, connection }, missing) });
  const secrets = createSecretBox(() => readSecretKeys(config.dataDir));
  let pokeJudging = () => {};
  let runJob: Jobs['run'] = async () => undefined;
  const store = await openFolderStore(config.storageFolder);
  const outside = { config, log, db, secrets, store, clock: () => new Date() };
  const { ctx, domains } = createDomains(outside, {
    pokeJudging: () => pokeJudging(),
    runJob: (name) => runJob(name),
  });
  const system = asSystem(ctx);
  await ensureEnrolSecret(system);
  await keepMonths(system);
  const names = certificateNames(config.serverUrl);
  // Two servers that start on one folder for the first time would make two authorities.
  const tls = await inTurn(system, 'tls', () => prepareTls({ dataDir: config.dataDir, names, ...config.tls }));
  await writeEnrolFiles(system, tls);
  closings.push(relayNudges(system, connection).stop);
  const judging = startJudging(system, () => runJob('update-feeds').then(() => undefined));
  pokeJudging = judging.poke;
  for (const loop of domains.flatMap((domain) => domain.loops ?? [])) closings.push(loop(system).stop);
  closings.push(startFolding(system).stop, startFoldingVulnerabilities(system).stop, judging.stop);
  const jobs = await startJobs(
    system,
    connection,
    domains.flatMap((domain) => domain.schedules ?? []),
  );
  runJob = jobs.run;
  closings.push(jobs.stop);
  await listen({ ctx, hostCtx: { ...system, db: hostDb }, domains, tls }, closings);
  const token = await readSetUpToken(ctx);
  const httpUrl = `http://${config.http.host.includes(':') ? `[${config.http.host}]` : config.http.host}:${config.http.port}`;
  const ready = { httpUrl, tlsUrl: `https://localhost:${config.tls.port}`, serverUrl: config.serverUrl };
  log.info(ready, 'ready');
  process.send?.({ type: 'ready', ...ready, setupUrl: token && `${httpUrl}/setup#${token}` });
}

async function startDatabase(config: Readonly<Config>, closings: Closing[]): Promise<ConnectionSettings> {
  if (config.databaseUrl) return { connectionString: config.databaseUrl };
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, progress });
  closings.push(postgres.stop);
  return postgres.connection;
}

async function backUp(
  config: Readonly<Config>,
  { log, connection }: { log: Log; connection: ConnectionSettings },
  missing: string[],
): Promise<void> {
  if (!config.backupBeforeMigration) return;
  progress('Backing up the database before it is changed');
  await backUpBeforeMigration({ place: config, log }, connection, missing);
  progress('Bringing the database up to date');
}

async function listen(
  { ctx, hostCtx, domains, tls }: { ctx: Context; hostCtx: Context; domains: Domain[]; tls: TlsFiles },
  closings: Closing[],
): Promise<void> {
  const seen = startSeenBuffer(hostCtx);
  closings.push(seen.stop);
  let ready = false;
  const http = await createHttpServer({
    ctx,
    domains,
    findPerson,
    tls,
    consoleFolder: CONSOLE,
    isReady: () => ready,
    agentRoutes: (app) => addHostApis(app, { ctx: hostCtx, domains, seen }),
  });
  closings.push(http.close);
  await http.listen();
  ready = true;
}

/** For whoever enrols the host the server runs on, and for `flotilla enrol` there. */
async function writeEnrolFiles(system: Context, tls: TlsFiles): Promise<void> {
  const folder = join(system.config.dataDir, 'agent');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [secret] = await listEnrolSecrets(system);
  writeFileSync(join(folder, 'enrol-secret'), secret?.secret ?? '', { mode: 0o600 });
  writeFileSync(join(folder, 'server-ca.pem'), tls.ca, { mode: 0o644 });
}

const progress = (text: string) => void process.send?.({ type: 'progress', text });

function fail(log: Log, error: unknown): never {
  log.fatal({ err: error }, remedyFor(error));
  log.flush();
  process.exit(1);
}

/** What went wrong at the start, in a sentence that says what to do. */
function remedyFor(error: unknown): string {
  const { code, message, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (error instanceof EmbeddedPostgresError) return error.message;
  if (code === 'EADDRINUSE') {
    return `${address} port ${port} is taken by another program: set FLOTILLA_HTTP_PORT or FLOTILLA_TLS_PORT`;
  }
  return `Flotilla could not go on: ${message}`;
}

main().catch((error: unknown) => {
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
  fail(createLog('info'), error);
});
