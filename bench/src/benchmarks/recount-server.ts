import { tmpdir } from 'node:os';
import { createDomains } from '../../../server/src/domains.ts';
import { createCatalogue, recount, recountTotals } from '../../../server/src/inventory/index.ts';
import { readConfig } from '../../../server/src/kernel/config.ts';
import { asSystem } from '../../../server/src/kernel/context.ts';
import { connect } from '../../../server/src/kernel/db/connect.ts';
import { createLog } from '../../../server/src/kernel/log.ts';
import { createSecretBox } from '../../../server/src/kernel/secrets.ts';
import { openFolderStore } from '../../../server/src/kernel/storage/folder-store.ts';
import { recountAll } from '../../../server/src/vulnerabilities/index.ts';
import type { RunningServer } from '../server/running-server.ts';
import { withClient } from './database.ts';
import { waitUntil } from './wait-until.ts';

/** How many counts a recount found wrong. */
export interface Drift {
  counts: number;
  totals: number;
}

/** Counts everything anew in the database of a running server, with the server's own code, and waits until it is folded. */
export async function recountServer(server: Pick<RunningServer, 'postmaster'>): Promise<Drift> {
  const log = createLog('fatal');
  const db = connect(server.postmaster.connection, log, 4);
  try {
    const config = readConfig({ FLOTILLA_DATA_DIR: tmpdir() });
    const store = await openFolderStore(config.storageFolder);
    // Nothing is opened with this key: counting reads no secrets.
    const secrets = createSecretBox(() => [Buffer.alloc(32)]);
    const { ctx } = createDomains({ db, log, config, store, secrets, clock: () => new Date() });
    const system = asSystem(ctx);
    const hosts = await recount(system, createCatalogue());
    const vulnerabilities = await recountAll(system);
    await waitUntilFolded(server);
    const totals = await recountTotals(system);
    return { counts: Object.values(hosts).reduce((sum, wrong) => sum + wrong, 0) + vulnerabilities, totals };
  } finally {
    await db.destroy();
  }
}

const waitUntilFolded = ({ postmaster }: Pick<RunningServer, 'postmaster'>) =>
  withClient(postmaster, (client) =>
    waitUntil('all counts are folded', async () => {
      const { rows } = await client.query<{ waiting: boolean }>(
        `select exists (select from vulnerabilities.count_delta) or exists (select from inventory.count_delta)
          or exists (select from kernel.audience as audience where (select count(*) from kernel.audience_counted as counted
            where counted.audience_id = audience.id) < 2) as waiting`,
      );
      return rows[0]?.waiting === false;
    }),
  );
