import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../../server/src/kernel/db/connect.ts';
import { createLog } from '../../../server/src/kernel/log.ts';
import { migrate } from '../../../server/src/kernel/migrate/migrate.ts';
import { startEmbeddedPostgres } from '../../../server/src/kernel/postgres/embedded.ts';
import type { AnyDb } from './queries.ts';

/** Runs `work` on a database that was empty and has all migrations now; nothing is left of it afterwards. */
export async function withMigratedDatabase<T>(work: (db: AnyDb) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'flotilla-schema-'));
  // The database may run as a user of its own, who has to pass through.
  await chmod(folder, 0o711);
  try {
    const postgres = await startEmbeddedPostgres({
      dataDir: folder,
      settings: { fsync: 'off', shared_buffers: '32MB', max_wal_size: '256MB' },
    });
    try {
      return await onMigrated(postgres.connection, work);
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function onMigrated<T>(connection: Parameters<typeof connect>[0], work: (db: AnyDb) => Promise<T>): Promise<T> {
  const log = createLog('silent');
  const db = connect(connection, log);
  try {
    await migrate({ db, log });
    return await work(db as unknown as AnyDb);
  } finally {
    await db.destroy();
  }
}
