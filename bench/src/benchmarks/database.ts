import pg from 'pg';
import type { Postmaster } from '../server/running-server.ts';

/** Does `work` with a connection to the database of a running server. */
export async function withClient<T>({ connection }: Postmaster, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Bytes of change the database has logged so far. */
export const loggedBytes = (postmaster: Postmaster): Promise<number> =>
  withClient(postmaster, async (client) => {
    const { rows } = await client.query<{ bytes: string }>("select pg_current_wal_lsn() - '0/0' as bytes");
    return Number(rows[0]?.bytes ?? 0);
  });
