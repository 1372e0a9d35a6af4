import { expect, it } from 'vitest';
import { osqueryFlags } from './flags.ts';

const flags = (server: string) =>
  osqueryFlags({
    agentFolder: '/data/agent',
    server: new URL(server),
    hostUuid: 'e0b0a0c0-0000-4000-8000-000000000000',
    enrolment: { secretFile: '/data/agent/enrol-secret', caFile: '/data/agent/server-ca.pem' },
  }).split('\n');

it('names the server, the identity and nothing outside of the data folder', () => {
  const lines = flags('https://localhost:8443');
  expect(lines).toContain('--tls_hostname=localhost:8443');
  expect(lines).toContain('--specified_identifier=e0b0a0c0-0000-4000-8000-000000000000');
  expect(lines).toContain('--enroll_tls_endpoint=/api/osquery/enroll');
  const paths = lines.filter((line) => /=\//.test(line) && !line.includes('=/api/'));
  expect(paths.every((line) => line.includes('=/data/agent/'))).toBe(true);
});

it('keeps the path and the usual port of a server behind a proxy', () => {
  const lines = flags('https://example.org/flotilla/');
  expect(lines).toContain('--tls_hostname=example.org:443');
  expect(lines).toContain('--distributed_tls_read_endpoint=/flotilla/api/osquery/distributed/read');
});
