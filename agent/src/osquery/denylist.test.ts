import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { openDenylist } from './denylist.ts';

const HOUR = 3_600_000;
const log = createLog(() => {});

it('denies a query for a day, also to the next agent, and no other', () => {
  const folder = temporaryFolder();
  let time = Date.parse('2026-03-01T12:00:00Z');
  const open = () => openDenylist({ folder, log, now: () => time });
  expect(open().deny('select 1;', 'it took more than 60 seconds')).toEqual(new Date('2026-03-02T12:00:00Z'));
  time += 23 * HOUR;
  expect(open().reasonFor('select 1;')).toBe(
    'denied after it ended osquery (it took more than 60 seconds), until 2026-03-02T12:00:00.000Z',
  );
  expect(open().reasonFor('select 2;')).toBeNull();
  time += HOUR;
  expect(open().reasonFor('select 1;')).toBeNull();
});

it('denies nothing for longer than a day when the clock is set back by years', () => {
  let time = Date.parse('2036-01-01T00:00:00Z');
  const list = openDenylist({ folder: temporaryFolder(), log, now: () => time });
  list.deny('select 1;', 'x');
  time = Date.parse('2026-01-01T00:00:00Z');
  expect(list.reasonFor('select 1;')).toBeNull();
});

it('starts anew with a damaged file, and still denies where the disk takes nothing', () => {
  const folder = temporaryFolder();
  for (const damage of ['{', '[null, 1, {"hash": 2}]', '{}']) {
    writeFileSync(join(folder, 'denied-queries'), damage);
    expect(openDenylist({ folder, log }).reasonFor('select 1;')).toBeNull();
  }
  const list = openDenylist({ folder: join(folder, 'missing'), log });
  list.deny('select 1;', 'x');
  expect(list.reasonFor('select 1;')).toMatch(/denied/);
});
