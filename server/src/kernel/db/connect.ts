import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { DB } from '../../database.ts';
import type { Log } from '../log.ts';
import type { Db } from './database.ts';

// Counts and ids of ours stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export type ConnectionSettings =
  | { connectionString: string }
  | { host: string; port: number; user: string; database: string };

const pools = new WeakMap<Db, pg.Pool>();

/** A pool that outlives restarts of the database: a lost connection is logged and replaced. */
export function connect(settings: ConnectionSettings, log: Log, max = 10): Db {
  const pool = new pg.Pool({ ...settings, max, application_name: 'flotilla' });
  const lost = (error: Error) => log.warn({ err: error }, 'database connection lost');
  pool.on('error', lost);
  // A checked-out connection raises its own error event, which would end the process.
  pool.on('connect', (client) => client.on('error', lost));
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  pools.set(db, pool);
  return db;
}

/** The pool under what `connect` gave. */
export function poolOf(db: Db): pg.Pool {
  const pool = pools.get(db);
  if (!pool) throw new Error('not a whole pool of connections');
  return pool;
}
