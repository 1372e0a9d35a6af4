import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createTestServer, type TestServer } from '../testing/test-server.ts';
import { keepMonths } from './past-months.ts';
import { listMonths } from './queries/partitions.ts';

const gone = (server: TestServer, at: string) => {
  const moment = new Date(at);
  return server.system.db
    .insertInto('inventory.host_software_past')
    .values({ host_id: 1, software_id: 1, since: moment, last_seen: moment, gone: moment })
    .execute();
};
const months = async (server: TestServer) =>
  (await listMonths(server.system.db)).map((name) => name.replace('host_software_past_', ''));
const past = async (server: TestServer) =>
  (await server.system.db.selectFrom('inventory.host_software_past').select('gone').orderBy('gone').execute()).map(
    (row) => row.gone.toISOString().slice(0, 10),
  );

test('each month has its partition, rows that came before it was made move in, and doing it twice changes nothing', async () => {
  const server = await createTestServer();
  await gone(server, '2026-03-10T12:00:00Z');
  await keepMonths(server.system);
  await keepMonths(server.system);
  expect(await months(server)).toEqual(['2026_03', '2026_04', 'other']);
  const { db } = server.system;
  const { rows } = await sql`select * from inventory.host_software_past_other`.execute(db);
  expect(rows).toEqual([]);
  expect(await past(server)).toEqual(['2026-03-10']);
});

test('the past is kept for 400 days and then dropped by the month', async () => {
  const server = await createTestServer();
  for (const now of ['2025-01-15T00:00:00Z', '2025-02-15T00:00:00Z']) {
    server.clock.now = new Date(now);
    await keepMonths(server.system);
    await gone(server, now);
  }
  // 400 days before lies in February: January is over, February not yet.
  server.clock.now = new Date('2026-03-20T00:00:00Z');
  await keepMonths(server.system);
  expect(await past(server)).toEqual(['2025-02-15']);
  expect(await months(server)).toEqual(['2025_02', '2025_03', '2026_03', '2026_04', 'other']);
});
