import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDomains } from '../../../server/src/domains.ts';
import { readConfig } from '../../../server/src/kernel/config.ts';
import { asSystem, type Context } from '../../../server/src/kernel/context.ts';
import { type ConnectionSettings, connect } from '../../../server/src/kernel/db/connect.ts';
import { createLog } from '../../../server/src/kernel/log.ts';
import { migrate } from '../../../server/src/kernel/migrate/migrate.ts';
import { startEmbeddedPostgres } from '../../../server/src/kernel/postgres/embedded.ts';
import { createSecretBox } from '../../../server/src/kernel/secrets.ts';
import { openFolderStore } from '../../../server/src/kernel/storage/folder-store.ts';
import { findPostmaster, type Postmaster } from './running-server.ts';

/** What the server works with on a database, in this process and without its listeners and timers. */
export async function withSystem<T>(connection: ConnectionSettings, work: (system: Context) => Promise<T>): Promise<T> {
  const log = createLog('fatal');
  const db = connect(connection, log, 4);
  try {
    const config = readConfig({ FLOTILLA_DATA_DIR: tmpdir() });
    const store = await openFolderStore(config.storageFolder);
    // Nothing is opened with this key: no secret is read.
    const secrets = createSecretBox(() => [Buffer.alloc(32)]);
    const { ctx } = createDomains({ db, log, config, store, secrets, clock: () => new Date() });
    return await work(asSystem(ctx));
  } finally {
    await db.destroy();
  }
}

/** The same on an embedded database of its own, that is empty and ends with it. */
export async function withOwnDatabase<T>(work: (system: Context, postmaster: Postmaster) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'flotilla-bench-'));
  // The database may run as a user of its own, who has to pass through.
  await chmod(dataDir, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir });
  try {
    return await withSystem(postgres.connection, async (system) => {
      await migrate(system);
      return work(system, await findPostmaster(dataDir));
    });
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
