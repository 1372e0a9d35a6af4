import { round } from '../measure/percentile.ts';
import type { RunningServer } from '../server/running-server.ts';
import { withClient } from './database.ts';

const ROWS_AT_ONCE = 6_000;

/**
 * Writes the rows that say what is on which host once more, into a bare table with the same two indexes: what the database
 * alone needs for them, without anybody asking, comparing or counting.
 */
export const bareInsert = ({ postmaster }: RunningServer): Promise<{ rows: number; seconds: number }> =>
  withClient(postmaster, async (client) => {
    const { rows } = await client.query<{ host_id: number; software_id: number; since: Date }>(
      'select host_id, software_id, since from inventory.host_software order by host_id',
    );
    await client.query('create schema bench');
    await client.query(
      'create table bench.bare (host_id int, software_id int, since timestamptz, primary key (host_id, software_id))',
    );
    await client.query('create unique index on bench.bare (software_id, host_id)');
    const began = performance.now();
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
      const some = rows.slice(start, start + ROWS_AT_ONCE);
      await client.query('insert into bench.bare select * from unnest($1::int[], $2::int[], $3::timestamptz[])', [
        some.map((row) => row.host_id),
        some.map((row) => row.software_id),
        some.map((row) => row.since),
      ]);
    }
    const seconds = round((performance.now() - began) / 1000);
    await client.query('drop schema bench cascade');
    return { rows: rows.length, seconds };
  });
