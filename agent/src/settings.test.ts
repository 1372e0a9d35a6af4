import { expect, it } from 'vitest';
import { readSettings } from './settings.ts';

it('reaches the server on this machine unless told otherwise', () => {
  expect(readSettings({ FLOTILLA_DATA_DIR: '/data' })).toEqual({
    folder: '/data/agent',
    server: new URL('https://localhost:8443'),
  });
  const other = { FLOTILLA_DATA_DIR: '/data', FLOTILLA_TLS_PORT: '9443' };
  expect(readSettings(other).server.port).toBe('9443');
  expect(readSettings({ ...other, FLOTILLA_SERVER_URL: 'https://fleet.example.org' }).server.host).toBe(
    'fleet.example.org',
  );
});

it('refuses addresses that are not of https', () => {
  const given = (url: string) => () => readSettings({ FLOTILLA_DATA_DIR: '/data', FLOTILLA_SERVER_URL: url });
  expect(given('http://localhost')).toThrow(/must be an address that starts with https/);
  expect(given('localhost:8443')).toThrow(/must be an address that starts with https/);
  expect(() => readSettings({})).toThrow(/FLOTILLA_DATA_DIR/);
});
