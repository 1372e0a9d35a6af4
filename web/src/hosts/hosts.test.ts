import { expect, test } from 'vitest';
import { healthLine, waitingFor } from './host-health.ts';
import { platformName } from './platform-names.ts';
import { readHostSearch, readHostsSearch } from './search.ts';
import { hostsSentence } from './sentences.ts';

const now = Date.parse('2026-05-04T12:00:00Z');
const host = {
  status: 'online' as const,
  seen_time: '2026-05-04T11:59:55Z',
  distributed_interval: 10,
};
const part = {
  part: 'deb',
  ok_at: '2026-05-04T11:56:00Z',
  software_count: null,
  held: false,
  error: null,
  problems: [],
};

test('health says status, age of the inventory, and what is wrong with it', () => {
  const parts = [
    { ...part, problems: [{ reason: 'no version', count: 2, example: '{}' }] },
    { ...part, held: true },
    { ...part, error: 'timeout' },
  ];
  expect(healthLine(host, [part, { ...part, ok_at: '2026-05-04T11:59:00Z' }], now)).toBe(
    'Online, inventory 4 minutes old',
  );
  expect(healthLine(host, parts, now)).toBe(
    'Online, inventory 4 minutes old, 1 part not renewed, 1 part held, 2 rows not understood',
  );
});

test('a host that is away says since when, and one without inventory that it waits', () => {
  const away = { ...host, status: 'offline' as const, seen_time: '2026-05-04T10:00:00Z' };
  expect(healthLine(away, undefined, now)).toBe('Offline, last seen 2 hours ago');
  expect(healthLine(away, [{ ...part, ok_at: null }], now)).toBe(
    'Offline, last seen 2 hours ago, waiting for its first inventory',
  );
  expect(waitingFor(away, now)).toBe('Waiting for the host to come back; last seen 2 hours ago');
  expect(waitingFor(host, now)).toBe('Waiting for the host, which asks every 10 seconds');
});

test('the list opens with how many hosts there are and how many are online', () => {
  expect(hostsSentence({ all: 3, online: 2, matching: 3 }, false)).toBe('3 hosts, 2 online');
  expect(hostsSentence({ all: 3, online: 3, matching: 3 }, false)).toBe('3 hosts, all online');
  expect(hostsSentence({ all: 1, online: 1, matching: 1 }, false)).toBe('1 host, 1 online');
  expect(hostsSentence({ all: 3, online: 2, matching: 1 }, true)).toBe('1 of 3 hosts matches');
  expect(hostsSentence({ all: 0, online: 0, matching: 0 }, false)).toBe('No host has enrolled yet');
  expect(hostsSentence({ all: undefined, online: 1, matching: 0 }, false)).toBe('');
});

test('the address of the list keeps only filters it knows', () => {
  expect(readHostsSearch({ status: 'mia', software_title_id: '0', os_version_id: '4' }, ['id'])).toMatchObject({
    status: undefined,
    software_title_id: undefined,
    os_version_id: 4,
  });
  expect(readHostSearch({ tab: 'timeline', at: 'soon', page: '2' })).toMatchObject({
    tab: 'timeline',
    at: undefined,
    page: 2,
  });
});

test('platforms have their usual names', () => {
  expect([platformName('darwin'), platformName('plan9')]).toEqual(['macOS', 'plan9']);
});
