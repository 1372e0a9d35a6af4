import { expect, it } from 'vitest';
import { osqueryFlags } from './osquery-flags.ts';

const lines = (server: string, ownCa = true) => osqueryFlags({ server: new URL(server), ownCa }).split('\n');

it('holds the flags that make osquery enrol, answer and report', () => {
  const flags = lines('https://fleet.example.org:8443').filter((line) => line.startsWith('--'));
  for (const flag of [
    '--tls_hostname=fleet.example.org:8443',
    '--tls_server_certs=/etc/osquery/server-ca.pem',
    '--host_identifier=uuid',
    '--disable_distributed=false',
    '--distributed_interval=10',
    '--distributed_tls_max_attempts=3',
    '--config_refresh=60',
    '--logger_plugin=tls',
    '--distributed_tls_write_endpoint=/api/osquery/distributed/write',
  ]) {
    expect(flags).toContain(flag);
  }
});

it('has only flags, comments and empty lines', () => {
  for (const line of lines('https://a')) expect(line).toMatch(/^(--[a-z_]+=\S+|#.*|)$/);
});

it('keeps the path of a server behind a proxy and trusts what the host trusts', () => {
  const flags = lines('https://example.org/flotilla/', false);
  expect(flags).toContain('--tls_hostname=example.org:443');
  expect(flags).toContain('--enroll_tls_endpoint=/flotilla/api/osquery/enroll');
  expect(flags).toContain('--tls_server_certs=/etc/ssl/certs/ca-certificates.crt');
});
