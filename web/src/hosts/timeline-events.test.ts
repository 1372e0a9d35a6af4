import type { TimelineEvent } from '@flotilla/contract/host-software';
import { expect, test } from 'vitest';
import { byDay, changeKinds, eventKey, eventLine } from './timeline-events.ts';

const event = (at: string, counts: [number, number, number] = [0, 0, 0]): TimelineEvent => ({
  at,
  kind: 'software_changed',
  added_count: counts[0],
  removed_count: counts[1],
  updated_count: counts[2],
  changes: [],
  findings: { opened: [], closed: [], opened_count: 0, closed_count: 0 },
  task: null,
  policy: null,
});

test('events of one day stand together, in their order', () => {
  const events = [event('2026-05-04T12:00:00Z'), event('2026-05-04T11:00:00Z'), event('2026-05-03T11:00:00Z')];
  expect(byDay(events, (at) => at.slice(0, 10)).map(({ day, events: of }) => [day, of.length])).toEqual([
    ['2026-05-04', 2],
    ['2026-05-03', 1],
  ]);
});

test('a line says only what happened', () => {
  expect(eventLine(event('x', [1200, 1, 2]))).toBe('Software: 1,200 titles added, 1 removed and 2 updated');
  expect(eventLine(event('x', [0, 0, 1]))).toBe('Software: 1 title updated');
  expect(eventLine(event('x'))).toBe('Software reported');
  expect(eventLine({ ...event('x'), kind: 'enrolled' })).toBe('Enrolled');
});

test('findings, tasks and policies stand in the same stream', () => {
  const findings = { opened: ['CVE-1', 'CVE-2'], closed: ['CVE-3'], opened_count: 2, closed_count: 1 };
  expect(eventLine({ ...event('x'), kind: 'findings_changed', findings })).toBe('2 findings opened and 1 closed');
  const task = {
    id: 't',
    kind: 'install' as const,
    title: 'htop',
    version: '3',
    to: 'verified',
    by: 'Ada',
    reason: '',
  };
  const installed = { ...event('x'), kind: 'task' as const, task };
  expect(eventLine(installed)).toBe('Install htop 3: installed');
  expect(eventKey(installed)).not.toBe(eventKey({ ...installed, task: { ...task, to: 'reported' } }));
  const policy = { id: 1, name: 'Disk encrypted', response: 'fail' as const };
  expect(eventLine({ ...event('x'), kind: 'policy', policy })).toBe('Policy Disk encrypted fails');
});

test('changes are told apart by the versions before and after', () => {
  const change = { title_id: 1, version_id: 1, name: 'a', source: 's', kind: 'normal' as const };
  const kinds = changeKinds([
    { ...change, version: '2', previous_version: '1' },
    { ...change, version: null, previous_version: '1' },
  ]);
  expect(kinds.map(({ name, changes }) => [name, changes.length])).toEqual([
    ['Removed', 1],
    ['Updated', 1],
  ]);
});
