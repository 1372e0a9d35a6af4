import { expect, it, vi } from 'vitest';
import { readTimeZone } from './time-zone.ts';

it('follows the host to another time zone', () => {
  for (const zone of ['Europe/Berlin', 'America/New_York']) {
    vi.stubEnv('TZ', zone);
    expect(readTimeZone()).toBe(zone);
  }
  vi.unstubAllEnvs();
  expect(readTimeZone()).not.toBe('');
});
