import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { begin, declined, readEnding, readRunner, withhold } from './entry.ts';
import { openJournal } from './journal.ts';

const newRef = () => ({ id: randomUUID(), attempt: 1 });

it('knows after a restart what was accepted and what is over', () => {
  const folder = temporaryFolder();
  const journal = openJournal(folder);
  const [open, kept, dropped] = [newRef(), newRef(), newRef()];
  for (const ref of [open, kept, dropped]) journal.accept(ref);
  const keptEntry = journal.find(kept);
  const droppedEntry = journal.find(dropped);
  if (keptEntry) journal.settle(keptEntry, declined(kept, 'why'));
  if (droppedEntry) journal.settle(droppedEntry, null);
  for (const reopened of [journal, openJournal(folder)]) {
    expect(reopened.entries().map(({ id }) => id)).toEqual([open.id]);
    expect([open, kept, dropped].map((ref) => reopened.isSettled(ref))).toEqual([false, true, true]);
    expect(reopened.settledEnding(kept)).toEqual(declined(kept, 'why'));
    expect(reopened.settledEnding(dropped)).toBeNull();
    expect(reopened.isSettled({ ...kept, attempt: 2 })).toBe(false);
  }
});

it('remembers only so many attempts that are over, the last ones', () => {
  const folder = temporaryFolder();
  const journal = openJournal(folder, 20);
  const refs = Array.from({ length: 30 }, newRef);
  for (const ref of refs) journal.settle(journal.accept(ref), null);
  expect(readdirSync(join(folder, 'settled-tasks'))).toHaveLength(20);
  const reopened = openJournal(folder);
  expect(refs.map((ref) => reopened.isSettled(ref))).toEqual(refs.map((_, index) => index >= 10));
});

it('clears away what an interrupted agent left half removed', () => {
  const folder = temporaryFolder();
  const journal = openJournal(folder);
  const ref = newRef();
  journal.settle(journal.accept(ref), null);
  for (const name of [`${ref.id}.1`, `${ref.id}.1.removed`]) mkdirSync(join(folder, 'tasks', name));
  expect(openJournal(folder).entries()).toEqual([]);
  expect(readdirSync(join(folder, 'tasks'))).toEqual([]);
});

it('lets an attempt either begin or not, whoever is first', () => {
  const journal = openJournal(temporaryFolder());
  const begun = journal.accept(newRef()).folder;
  const runner = { pid: 1, startedAt: 'x' };
  expect(begin(begun, runner)).toBe(true);
  expect(begin(begun, runner)).toBe(false);
  expect(withhold(begun, declined(newRef(), 'late'))).toBe(false);
  expect([readRunner(begun), readEnding(begun)]).toEqual([runner, null]);
  const withheld = journal.accept(newRef()).folder;
  expect(withhold(withheld, declined(newRef(), 'early'))).toBe(true);
  expect(begin(withheld, runner)).toBe(false);
  expect(readEnding(withheld)).toMatchObject({ state: 'declined', reason: 'early' });
});
