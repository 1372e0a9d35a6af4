import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Action } from '@flotilla/contract/actions';
import type { VulnerabilitySummary } from '@flotilla/contract/vulnerabilities';
import { expect, it, onTestFinished } from 'vitest';
import { runCli } from '../testing/run-cli.ts';
import { actionsTable } from './tables.ts';

const action: Action = {
  ...{ id: 1, kind: 'package', name: 'openssl', context: 'debian-12', fix_version: '3.0.15-1', is_exact: false },
  ...{ hosts_count: 312, findings_count: 1204, vulnerabilities_count: 4, exploited_count: 1, unfixed_count: 0 },
  ...{ exposure: 196.6, severity: 'critical', due_at: '2026-01-04T00:00:00Z', rollout_id: null, titles: [] },
  packages: [{ title_id: 1, title: 'openssl', installer_id: 1, name: 'openssl.deb', version: '3.0.15-1' }],
};
const vulnerability: VulnerabilitySummary = {
  ...{ cve: 'CVE-2024-0001', created_at: '', hosts_count: 3, accepted_hosts_count: 0 },
  ...{ cvss_score: 9.8, epss_probability: null, cisa_known_exploit: true, cve_published: '2024-01-09T15:00:00Z' },
  ...{ hosts_count_updated_at: null, details_link: '', cve_description: null },
};

/** A server that answers two lists. @returns its address and what was asked */
async function serve() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const isActions = request.url?.startsWith('/api/v1/flotilla/actions');
    response.end(
      JSON.stringify({ count: 2, ...(isActions ? { actions: [action] } : { vulnerabilities: [vulnerability] }) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

it('shows actions in a line each, and marks what was not counted by hosts', () => {
  const bad = {
    ...action,
    name: 'a\u001b[2J',
    context: '',
    fix_version: null,
    packages: [],
    severity: null,
    due_at: null,
  };
  expect(actionsTable([action, { ...bad, is_exact: true }], Date.parse('2026-01-01T00:00:00Z'))).toBe(
    [
      'UPDATE   FOR        TO            HOSTS  FINDINGS  EXPLOITED  WORST      DUE     EXPOSURE  PACKAGE',
      'openssl  debian-12  3.0.15-1       ~312     ~1204          1  critical   in 3 d       197  ready',
      'a [2J               no fix known    312      1204          1  not rated               197',
    ].join('\n'),
  );
});

it('asks with the filters given, and says that there is more', async () => {
  const { url, asked } = await serve();
  const common = ['--server-url', url, '--token', 't'];
  const listed = await runCli([
    'get',
    'vulnerabilities',
    ...common,
    '--fleet',
    '2',
    '--exploited',
    '--min-score',
    '7.5',
  ]);
  expect(listed).toMatchObject({ code: 0, stderr: '' });
  expect(listed.stdout).toMatch(/^CVE .*\nCVE-2024-0001 +9\.8 +unknown +exploited +3 +2024-01-09\n1 of 2: /);
  const json = await runCli(['get', 'actions', ...common, '--severity', 'high', '--limit', '5', '--json']);
  expect(JSON.parse(json.stdout)).toMatchObject({ actions: [action] });
  expect(asked.map((path) => Object.fromEntries(new URL(path, url).searchParams))).toEqual([
    {
      ...{ fleet_id: '2', per_page: '50', exploit: 'true', min_cvss_score: '7.5' },
      ...{ order_key: 'hosts_count', order_direction: 'desc' },
    },
    { per_page: '5', severity: 'high' },
  ]);
});

it.each([
  [['get'], 'flotilla get: say what: actions or vulnerabilities\n'],
  [['get', 'actions'], 'flotilla get needs --token, or the token in FLOTILLA_TOKEN\n'],
  [['get', 'actions', '--token', 't', '--severity', 'bad'], '--severity: must be low, medium, high, critical\n'],
  [['get', 'vulnerabilities', '--token', 't', '--min-score', '11'], '--min-score: 11 is no number up to 10\n'],
])('refuses %j in one line', async (args, line) => {
  expect(await runCli(args)).toEqual({ code: 2, stdout: '', stderr: line });
});
