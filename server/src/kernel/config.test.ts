import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const env = (more: Record<string, string> = {}) => ({ FLOTILLA_DATA_DIR: '/data', ...more });

test('what is not set has its documented default', () => {
  expect(readConfig(env())).toMatchObject({
    serverUrl: 'https://localhost:8443',
    http: { host: '127.0.0.1', port: 8080 },
    tls: { host: '127.0.0.1', port: 8443, certFile: null },
    trustedProxies: [],
    databaseUrl: null,
    inventoryIntervalSeconds: 3600,
  });
});

test('an empty variable counts as not set, and the server address follows the TLS port', () => {
  expect(readConfig(env({ FLOTILLA_SERVER_URL: '', FLOTILLA_TLS_PORT: '9443' })).serverUrl).toBe(
    'https://localhost:9443',
  );
});

test('all problems are listed at once, each with its variable', () => {
  const read = () =>
    readConfig(env({ FLOTILLA_HTTP_PORT: 'eighty', FLOTILLA_TLS_PORT: '0', FLOTILLA_LOG_LEVEL: 'loud' }));
  expect(read).toThrow(ConfigError);
  for (const name of ['FLOTILLA_HTTP_PORT', 'FLOTILLA_TLS_PORT', 'FLOTILLA_LOG_LEVEL']) expect(read).toThrow(name);
});

test.each([
  ['a certificate without its key', { FLOTILLA_TLS_CERT: '/cert.pem' }, 'FLOTILLA_TLS_KEY'],
  ['an address that is none', { FLOTILLA_SERVER_URL: 'flotilla.example.org' }, 'FLOTILLA_SERVER_URL'],
])('%s is refused', (_what, variables, name) => {
  expect(() => readConfig(env(variables))).toThrow(name);
});
