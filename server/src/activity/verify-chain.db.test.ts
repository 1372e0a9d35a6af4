import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction } from '../kernel/db/database.ts';
import { createTestDatabase } from '../kernel/testing/test-database.ts';
import { createTestServer } from '../testing/test-server.ts';
import { recordActivity, verifyChain } from './index.ts';

async function createChain() {
  const { system } = await createTestServer({ database: await createTestDatabase() });
  for (const hostId of [1, 2, 3, 4]) {
    const details = { zebra: 1, a: { long_key: [1.5, null, { z: '\u00e9', b: true }], x: 'y' }, missing: undefined };
    await inTransaction(system, (tx) => recordActivity(system, tx, { type: 'did_it', details, hostId }));
  }
  return system;
}

test('an untouched chain is intact, also when its oldest rows were forgotten', async () => {
  const system = await createChain();
  expect(await verifyChain(system)).toEqual({ activities: 4, brokenAt: null });
  await sql`delete from activity.activity where id = 1`.execute(system.db);
  expect(await verifyChain(system)).toEqual({ activities: 3, brokenAt: null });
});

test.each([
  `update activity.activity set details = details || '{"x": 2}' where id = 3`,
  'update activity.activity set host_id = 9 where id = 3',
  `update activity.activity set actor_name = 'Eve' where id = 3`,
  'delete from activity.activity where id = 2',
])('it shows where it was tampered with: %s', async (statement) => {
  const system = await createChain();
  await sql.raw(statement).execute(system.db);
  expect((await verifyChain(system)).brokenAt).toBe(3);
});
