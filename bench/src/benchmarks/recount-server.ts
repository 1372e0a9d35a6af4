import { createCatalogue, recount, recountTotals } from '../../../server/src/inventory/index.ts';
import { recountAll } from '../../../server/src/vulnerabilities/index.ts';
import { withSystem } from '../server/database-system.ts';
import type { RunningServer } from '../server/running-server.ts';
import { withClient } from './database.ts';
import { waitUntil } from './wait-until.ts';

/** How many counts a recount found wrong. */
export interface Drift {
  counts: number;
  totals: number;
}

/** Counts everything anew in the database of a running server, with the server's own code, and waits until it is folded. */
export const recountServer = (server: Pick<RunningServer, 'postmaster'>): Promise<Drift> =>
  withSystem(server.postmaster.connection, async (system) => {
    const hosts = await recount(system, createCatalogue());
    const vulnerabilities = await recountAll(system);
    await waitUntilFolded(server);
    const totals = await recountTotals(system);
    return { counts: Object.values(hosts).reduce((sum, wrong) => sum + wrong, 0) + vulnerabilities, totals };
  });

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
