import { existsSync } from 'node:fs';
import { chmod, mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { findPackage, placeBinaries, removeOtherBinaries } from './binaries.ts';
import { checkMajor, createCluster, SUPERUSER } from './cluster.ts';
import { checkReachable, chooseDatabaseUser } from './database-user.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { becomeOwner, hasLivingOwner } from './owner.ts';
import { findRunning, type Postmaster, runPostmaster, stopPostmaster } from './postmaster.ts';
import { prepareSocketFolder, socketFolderFor } from './socket-folder.ts';

export interface EmbeddedPostgres {
  /** For `pg`; the host is the folder of a unix socket. */
  connection: { host: string; port: number; user: string; database: string };
  /**
   * Stops PostgreSQL and resolves when all is on disk. It goes on when another living process started it.
   */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  dataDir: string;
  /** Parameters of postgresql.conf that differ from ours. */
  settings?: Record<string, string>;
  progress?: (text: string) => void;
}

const DATABASE = 'flotilla';
const RESTART_PAUSE_MS = 500;

const SETTINGS: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  shared_buffers: '512MB',
  effective_cache_size: '2GB',
  maintenance_work_mem: '256MB',
  max_connections: '200',
  max_wal_size: '4GB',
  random_page_cost: '1.1',
  jit: 'off',
  // A list that one core sorts in 60 ms takes two workers as long, and both cores.
  max_parallel_workers_per_gather: '0',
  timezone: 'UTC',
  // Tables of millions of rows are looked after before a fifth of them has changed.
  autovacuum_vacuum_scale_factor: '0.05',
  autovacuum_vacuum_insert_scale_factor: '0.1',
  autovacuum_analyze_scale_factor: '0.02',
  autovacuum_naptime: '20s',
  // Errors of statements reach the server, which logs them; here they would repeat data.
  log_min_messages: 'log',
  log_checkpoints: 'off',
};

/**
 * Runs PostgreSQL on `<dataDir>/postgres`, made at the first start, and restarts it should it end by itself. One that
 * already runs there (of another server process, or left by a killed one) is shared.
 * @throws EmbeddedPostgresError with one line that says what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const progress = options.progress ?? (() => {});
  const pack = await findPackage();
  const root = await makeRoot(options.dataDir);
  const cluster = join(root, pack.major);
  const user = chooseDatabaseUser(cluster);
  await checkMajor(root, pack.major);
  checkReachable(root, user);
  const running = await findRunning(cluster);
  if (running && hasLivingOwner(root)) return present(running, async () => {});
  if (!existsSync(join(root, `bin-${pack.version}`))) progress('Unpacking PostgreSQL');
  const programs = await placeBinaries(pack, root, user);
  await createCluster(cluster, { programs, user, progress });
  const socketFolder = socketFolderFor(root);
  const settings = { ...SETTINGS, ...options.settings };
  const start = async () => {
    prepareSocketFolder(socketFolder, user);
    await becomeOwner(root);
    return runPostmaster({
      cluster,
      programs,
      socketFolder,
      user,
      settings,
      progress,
      logFile: join(root, 'postgres.log'),
    });
  };
  const first = await start();
  await removeOtherBinaries(pack, root);
  return present(first, keepRunning(first, start));
}

/** The folder lets the database's user pass but not look around. */
async function makeRoot(dataDir: string): Promise<string> {
  const asRoot = process.getuid?.() === 0;
  const root = join(dataDir, 'postgres');
  try {
    for (const folder of [dataDir, root]) {
      if (existsSync(folder)) continue;
      await mkdir(folder, { recursive: true });
      await chmod(folder, asRoot ? 0o711 : 0o700);
    }
    return await realpath(root);
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The data folder cannot be made (${(error as Error).message}): set FLOTILLA_DATA_DIR to a folder you may write to`,
    );
  }
}

async function present(postmaster: Postmaster, stop: () => Promise<void>): Promise<EmbeddedPostgres> {
  const address = { host: postmaster.socketFolder, port: postmaster.port, user: SUPERUSER };
  await createDatabase(address);
  return { connection: { ...address, database: DATABASE }, stop };
}

/** @returns what stops it for good */
function keepRunning(first: Postmaster, start: () => Promise<Postmaster>): () => Promise<void> {
  let current = first;
  let restarting: Promise<void> | null = null;
  let stopping = false;
  const watch = () =>
    current.ended.then(() => {
      if (!stopping) restarting = restart();
    });
  const restart = async () => {
    while (!stopping) {
      await delay(RESTART_PAUSE_MS);
      if (stopping) return;
      try {
        current = await start();
        watch();
        return;
      } catch {
        // There is nobody to tell: the server's own queries say that the database is away.
      }
    }
  };
  watch();
  return async () => {
    stopping = true;
    await restarting;
    await stopPostmaster(current);
  };
}

async function createDatabase(address: { host: string; port: number; user: string }): Promise<void> {
  const client = new pg.Client({ ...address, database: 'postgres' });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE} template template0`);
  } catch (error) {
    // Another process created it at the same moment.
    const code = (error as { code?: string }).code ?? '';
    if (!['42P04', '23505'].includes(code)) throw error;
  } finally {
    await client.end();
  }
}
