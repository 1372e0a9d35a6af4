import { expect, onTestFinished, test, vi } from 'vitest';
import type { Context } from '../context.ts';
import { createLog } from '../log.ts';
import { createNudges, type SignalledHosts } from '../nudge.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { relayNudges } from './relay-nudges.ts';

function startProcess({ db, connection }: TestDatabase) {
  const nudges = createNudges();
  const heard: [SignalledHosts, string][] = [];
  nudges.listen((hosts, signal) => heard.push([hosts, signal]));
  const relay = relayNudges({ db, log: createLog('fatal'), nudges } as unknown as Context, connection);
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    await relay.stop();
  };
  onTestFinished(stop);
  return { nudges, heard, stop };
}

const words = (database: TestDatabase) => database.db.selectFrom('kernel.change').selectAll().execute();

test('what one process nudges, the others hear once, and itself not twice', async () => {
  const database = await createTestDatabase();
  const [one, two, three] = [startProcess(database), startProcess(database), startProcess(database)];
  await vi.waitFor(
    () => {
      one.nudges.send([7, 8]);
      expect(two.heard.length).toBeGreaterThan(0);
      expect(three.heard.length).toBeGreaterThan(0);
    },
    { timeout: 20_000, interval: 200 },
  );
  expect(two.heard[0]).toEqual([[7, 8], 'nudge']);
  const sent = one.heard.length;
  two.nudges.send('all', 'stop');
  await vi.waitFor(() => expect(one.heard.at(-1)).toEqual(['all', 'stop']), { timeout: 10_000 });
  await vi.waitFor(() => expect(three.heard).toContainEqual(['all', 'stop']), { timeout: 10_000 });
  expect(one.heard).toHaveLength(sent + 1);
  expect(two.heard.filter(([, signal]) => signal === 'stop')).toHaveLength(1);
}, 40_000);

test('a process that is alone writes no word', async () => {
  const database = await createTestDatabase();
  const alone = startProcess(database);
  alone.nudges.send([1]);
  await alone.stop();
  expect(await words(database)).toEqual([]);
});
