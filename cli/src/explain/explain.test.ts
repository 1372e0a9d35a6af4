import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Explanation } from '@flotilla/contract/explanation';
import { expect, it, onTestFinished } from 'vitest';
import { runCli } from '../testing/run-cli.ts';

const fixtures = fileURLToPath(new URL('../../../feeds/fixtures/', import.meta.url));

function mirror(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-explain-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'debian'));
  copyFileSync(join(fixtures, 'debian-security-tracker.json'), join(folder, 'debian/tracker.json'));
  return folder;
}

const libssl = { name: 'libssl3', version: '3.0.20-1', source: 'deb_packages', source_package: 'openssl' };
const alone = (software: object, ...more: string[]) =>
  runCli(['explain', '--feeds', mirror(), '--software', JSON.stringify(software), ...more]);

it('tells without a server why software is not affected', { timeout: 30_000 }, async () => {
  const { code, stdout } = await alone({ ...libssl, context: 'debian-12' }, 'cve-2026-28389');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^libssl3 3\.0\.20-1 on debian-12: not affected by CVE-2026-28389: outside range\n/);
  expect(stdout).toContain('    Affected    before 3.0.19-1~deb12u2 (outside)\n');
});

it('tells under which names nothing was found, and prints JSON for scripts', { timeout: 30_000 }, async () => {
  const { stdout } = await alone({ ...libssl, context: 'debian-12' }, 'CVE-1999-0001', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    explanations: [
      {
        ...{ cve: 'CVE-1999-0001', verdict: 'nothing_said', statements: [] },
        keys: [{ key: 'deb:debian-12:openssl', is_covered: true }],
      },
    ],
  });
});

it('asks a server about a host by its name and about software by name and version or package URL', {
  timeout: 30_000,
}, async () => {
  const asked: string[] = [];
  const nothing = { reason: null, detail: null, fix_version: null, statements: [], keys: [] };
  const explanation: Explanation = {
    ...{ ...nothing, cve: 'CVE-2024-0001', verdict: 'nothing_said' },
    software: { version_id: 7, name: 'a\u001b[2J', version: '1', source: 'deb_packages', context: '' },
    identity: { purl: 'pkg:deb/a@1', source_package: null, cpes: [], confidence: null, rule: null, rule_reason: null },
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const answer = path.includes('/hosts?')
      ? { hosts: [{ id: 3, uuid: 'u', hostname: 'Web-1' }] }
      : path.includes('/versions?')
        ? {
            software: [
              { id: 7, name: 'a', version: '1', source: 'deb_packages' },
              { id: 8, name: 'a', version: '2', source: 'deb_packages' },
              { id: 9, name: 'a', version: '1', source: 'python_packages' },
            ],
          }
        : { explanations: [explanation] };
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = (subject: string) => runCli(['explain', subject, 'CVE-2024-0001', '--server-url', url, '--token', 't']);
  expect((await ask('web-1')).stdout).toMatch(/^a \[2J 1: no feed says anything about it and CVE-2024-0001\n/);
  await ask('a@2');
  await ask('pkg:pypi/a@1');
  expect(asked.filter((path) => path.includes('explanation'))).toEqual([
    '/api/v1/flotilla/vulnerabilities/CVE-2024-0001/explanation?host_id=3',
    '/api/v1/flotilla/vulnerabilities/CVE-2024-0001/explanation?software_version_id=8',
    '/api/v1/flotilla/vulnerabilities/CVE-2024-0001/explanation?software_version_id=9',
  ]);
  expect(await ask('other')).toMatchObject({ code: 1, stderr: expect.stringContaining('no host is called other') });
});

it.each([
  [['explain'], 'flotilla explain: say which host or software, and which vulnerability\n'],
  [['explain', 'a@1', 'CVE-1'], 'flotilla explain needs --token, or the token in FLOTILLA_TOKEN\n'],
  [['explain', '--software', '{}', 'CVE-1'], 'flotilla explain: say where the feeds are: --feeds FOLDER\n'],
])('refuses %j in one line', async (args, line) => {
  expect(await runCli(args)).toEqual({ code: 2, stdout: '', stderr: line });
});
