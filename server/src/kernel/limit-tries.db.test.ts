import { expect, test } from 'vitest';
import { peerOf, returnTry, takeTry } from './limit-tries.ts';
import { createTestDatabase } from './testing/test-database.ts';

const LIMIT = { tries: 3, seconds: 60 };

async function createLimited() {
  const { db } = await createTestDatabase();
  let now = new Date('2026-03-01T12:00:00Z');
  const forward = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };
  return { db, forward, take: (key = 'a') => takeTry({ db, clock: () => now }, key, LIMIT) };
}

test('of a hundred tries at once only the allowed ones pass, and later there are new ones', async () => {
  const { take, forward } = await createLimited();
  const tries = await Promise.allSettled(Array.from({ length: 100 }, () => take()));
  expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(3);
  forward(20);
  await expect(take()).rejects.toMatchObject({ status: 429, message: 'limit exceeded, retry after: 40s' });
  await take('b');
  forward(40);
  await take();
});

test('a try that is given back can be taken again, also when many were refused meanwhile', async () => {
  const { db, take } = await createLimited();
  for (let count = 0; count < 3; count += 1) await take();
  for (let count = 0; count < 3; count += 1) await expect(take()).rejects.toThrow('limit exceeded');
  await returnTry(db, 'a');
  await take();
  await expect(take()).rejects.toThrow('limit exceeded');
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:0DB8::', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s counts as %s', (address, peer) => {
  expect(peerOf(address)).toBe(peer);
});
