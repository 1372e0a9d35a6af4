import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

const CA = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'flotilla-cli-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  mkdirSync(join(dataDir, 'agent'));
  writeFileSync(join(dataDir, 'agent', 'enrol-secret'), 'the-secret');
  writeFileSync(join(dataDir, 'agent', 'server-ca.pem'), CA);
});

function flotilla(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH, FLOTILLA_DATA_DIR: dataDir };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

describe('flotilla enrol --osquery', () => {
  it('prints the flags of the server on this machine, and no secret', async () => {
    const { code, stdout, stderr } = await flotilla('enrol', '--osquery');
    expect(code).toBe(0);
    expect(stdout).toContain('--tls_hostname=localhost:8443\n');
    expect(stdout + stderr).not.toContain('the-secret');
    expect(stderr).toMatch(/for this machine only/);
  });

  it('writes the files a host needs and says where they go', async () => {
    const out = join(dataDir, 'out');
    const { code, stdout, stderr } = await flotilla('enrol', '--osquery', '--out', out, '--server-url', 'https://f:1');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/^Copy to \/etc\/osquery\/.*: osquery.flags, enrol-secret, server-ca.pem\n/);
    expect(stderr).not.toContain('the-secret');
    expect(readFileSync(join(out, 'enrol-secret'), 'utf8')).toBe('the-secret\n');
    expect(statSync(join(out, 'enrol-secret')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(out, 'server-ca.pem'), 'utf8')).toBe(CA);
    expect(readFileSync(join(out, 'osquery.flags'), 'utf8')).toContain('--tls_hostname=f:1\n');
  });

  it('asks a server elsewhere with a token, and repeats why it refused', async () => {
    const secrets = [
      { secret: 'of-a-fleet', created_at: '2026-01-01T00:00:00Z', team_id: 3, fleet_id: 3 },
      { secret: 'of-none', created_at: '2026-01-01T00:00:00Z', team_id: null, fleet_id: null },
    ];
    const refusal = { message: 'Authentication required', errors: [{ name: 'base', reason: 'Sign in first' }] };
    const server = createServer((request, response) => {
      const isKnown =
        request.url === '/api/v1/fleet/spec/enroll_secret' && request.headers.authorization === 'Bearer t';
      response.statusCode = isKnown ? 200 : 401;
      response.end(JSON.stringify(isKnown ? { spec: { secrets } } : refusal));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const out = join(dataDir, 'out');
    const common = ['enrol', '--osquery', '--out', out, '--server', api, '--server-url', 'https://f'];
    expect(await flotilla(...common, '--token', 'wrong')).toEqual({
      code: 1,
      stdout: '',
      stderr: `${api}: Authentication required: Sign in first\n`,
    });
    expect((await flotilla(...common, '--token', 't')).code).toBe(0);
    expect(readFileSync(join(out, 'enrol-secret'), 'utf8')).toBe('of-none\n');
    expect((await flotilla('enrol', '--osquery', '--server', api, '--token', 't')).stderr).toMatch(
      /^pass --server-url: hosts need an address that starts with https/,
    );
  });

  it('says what to do where there is no server', async () => {
    rmSync(join(dataDir, 'agent'), { recursive: true });
    const { code, stderr } = await flotilla('enrol', '--osquery');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^The enrol secret in .* is not there: .* pass --server and --token\n$/);
  });
});

it.each([
  [['frobnicate'], 'flotilla: unknown command frobnicate; `flotilla help` lists them\n'],
  [['enrol', '--osquery', '--frob'], "Unknown option '--frob'\n"],
  [['enrol', '--osquery', '--out'], "Option '--out <value>' argument missing\n"],
  [['enrol', '--osquery', 'extra'], "Unexpected argument 'extra'\n"],
  [['enrol'], 'flotilla enrol: say for what: --osquery\n'],
])('refuses %j in one line', async (args, line) => {
  expect(await flotilla(...args)).toEqual({ code: 2, stdout: '', stderr: line });
});

it('prints help and the version', async () => {
  expect((await flotilla()).stdout).toMatch(/^Usage: flotilla <command>/);
  expect((await flotilla('help', 'enrol')).stdout).toMatch(/^Usage: flotilla enrol --osquery/);
  expect((await flotilla('enrol', '--help')).stdout).toMatch(/^Usage: flotilla enrol --osquery/);
  expect((await flotilla('version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
