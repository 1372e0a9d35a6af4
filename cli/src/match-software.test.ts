import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { rowsOf, runCli } from './testing/run-cli.ts';

const fixtures = fileURLToPath(new URL('../../feeds/fixtures/', import.meta.url));
const sharedFeeds = fileURLToPath(new URL('../../../shared/feeds/', import.meta.url));
const capture = fileURLToPath(
  new URL(
    '../../../shared/contract/osquery-capture/distributed-write-details-and-software-5.23.1.json',
    import.meta.url,
  ),
);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flotilla-match-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'debian'));
  mkdirSync(join(folder, 'kev'));
  place('debian/tracker.json', readFileSync(join(fixtures, 'debian-security-tracker.json'), 'utf8'));
  place('kev/known_exploited_vulnerabilities.json', readFileSync(join(fixtures, 'cisa-kev.json'), 'utf8'));
});

const place = (path: string, text: string) => writeFileSync(join(folder, path), text);
const libssl = { name: 'libssl3', version: '3.0.19-1~deb12u1', source_package: 'openssl', context: 'debian-12' };

async function match(rows: (object | string)[], ...more: string[]) {
  const input = rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n');
  const { code, stdout, stderr } = await runCli(['match', '--feeds', folder, ...more], input);
  return { code, stderr, rows: rowsOf(stdout) };
}

describe('flotilla match', { timeout: 60_000 }, () => {
  test('a package of a language needs no distribution, one of a distribution does', async () => {
    mkdirSync(join(folder, 'osv/PyPI'), { recursive: true });
    copyFileSync(join(fixtures, 'osv-pypi.zip'), join(folder, 'osv/PyPI/all.zip'));
    const { rows } = await match([
      { name: 'AccessControl', version: '5.1', source: 'python_packages' },
      { name: 'bash', version: '5.1.8', release: '4.el9', source: 'rpm_packages' },
      {
        name: 'htop',
        version: '3.2.1',
        release: '1.el9',
        source: 'rpm_packages',
        context: 'almalinux-9',
        vendor: 'EPEL',
      },
    ]);
    expect(rows).toMatchObject([
      { findings: [{ cve: 'CVE-2021-32807', verdict: 'affected', fix: { version: '5.2', from: 'osv-pypi' } }] },
      { line: 2, error: 'context is missing' },
      {
        findings: [],
        unknown: [{ verdict: 'unknown', reason: 'no_advisories', detail: expect.stringContaining('EPEL') }],
      },
    ]);
  });

  test('a verdict has its fix and its evidence', async () => {
    const { code, rows } = await match([libssl]);
    expect(code).toBe(0);
    expect(rows).toEqual([
      {
        software: libssl,
        findings: [
          {
            ...{ cve: 'CVE-2026-28389', advisory: 'openssl/CVE-2026-28389', verdict: 'affected' },
            fix: { version: '3.0.19-1~deb12u2', from: 'debian-security-tracker' },
            remark: null,
            evidence: {
              feed: 'debian-security-tracker',
              key: 'deb:debian-12:openssl',
              range: { fixed: '3.0.19-1~deb12u2' },
              comparator: 'dpkg',
              compared: '3.0.19-1~deb12u1',
              identity: { name: 'source_package', version: 'package_version' },
            },
            ...{ confidence: 'high', severity: null, known_exploited: null, epss: null },
          },
        ],
        unknown: [],
      },
    ]);
  });

  test('says what is known to be exploited, and what nobody can tell', async () => {
    const git = { name: 'git', version: '1:2.39.5-0+deb12u2', context: 'debian-12' };
    const { rows } = await match([git, { ...git, context: 'debian-99' }, { ...git, context: 'plan9-4' }]);
    expect(rows).toMatchObject([
      { findings: [{ cve: 'CVE-2025-48384', known_exploited: { since: '2025-08-25', due: '2025-09-15' } }] },
      { findings: [], unknown: [{ verdict: 'unknown', reason: 'no_advisories' }] },
      { findings: [], unknown: [{ verdict: 'unknown', reason: 'no_matcher' }] },
    ]);
  });

  test('what needs nobody is shown on demand only', async () => {
    const quiet = [
      { ...libssl, version: '3.0.19-1~deb12u2' },
      { name: 'jq', version: '1.7-1', context: 'debian-forky' },
      { name: 'linux-libc-dev', version: '6.1.90-1', source_package: 'linux', context: 'debian-12' },
    ];
    expect((await match(quiet)).rows).toEqual(quiet.map((software) => ({ software, findings: [], unknown: [] })));
    expect((await match(quiet, '--all')).rows).toMatchObject([
      {
        findings: [
          { cve: 'CVE-2024-0727', verdict: 'not_affected' },
          { cve: 'CVE-2026-28389', verdict: 'not_affected' },
        ],
      },
      { findings: [{ verdict: 'affected', remark: 'unimportant', fix: null }] },
      { findings: [], unknown: [{ verdict: 'not_judged', reason: 'represented_by_running_kernel' }] },
    ]);
  });

  test('a line that cannot be read is answered, and the others are judged', async () => {
    const { code, rows } = await match([
      ...['nonsense', { name: 'x' }, { ...libssl, version: 7 }, { ...libssl, kind: 'os' }],
      ...['', { ...libssl, arch: null }],
    ]);
    expect(code).toBe(0);
    expect(rows).toMatchObject([
      { line: 1, error: 'the line is not JSON' },
      { line: 2, error: 'version is missing' },
      { line: 3, error: 'version must be a text' },
      { line: 4, error: 'kind is normal or kernel' },
      { findings: [{ verdict: 'affected' }] },
    ]);
  });

  test('a feed cut in its middle ends it before any answer', async () => {
    place('debian/tracker.json', readFileSync(join(fixtures, 'debian-security-tracker.json'), 'utf8').slice(0, -40));
    expect(await match([libssl])).toEqual({
      code: 1,
      stderr: 'debian-security-tracker: the document ends in its middle\n',
      rows: [],
    });
  });

  test('says what is missing', async () => {
    const { code, stderr } = await runCli(['match', '--feeds', join(folder, 'nowhere')]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `${join(folder, 'nowhere')} has none of the feeds\n` });
  });

  test.skipIf(!existsSync(sharedFeeds))('three packages against the real feed [needs ../shared]', async () => {
    const found = await findIn(sharedFeeds, [
      { name: 'libc6', version: '2.36-9+deb12u3', source_package: 'glibc', context: 'debian-12' },
      { name: 'libnss3', version: '2:3.87.1-1+deb12u1', source_package: 'nss', context: 'debian-12' },
      { name: 'openssl', version: '3.0.19-1~deb12u2', context: 'debian-12' },
    ]);
    expect(found.get('libc6 CVE-2024-2961')).toBe('affected');
    expect(found.get('libc6 CVE-2023-4911')).toBe('not_affected');
    expect(found.get('libnss3 CVE-2026-2781')).toBe('affected');
    expect(found.get('openssl CVE-2026-28389')).toBe('not_affected');
  });

  test.skipIf(!existsSync(capture))('the packages of a real host against the real feed [needs ../shared]', async () => {
    const { queries } = JSON.parse(readFileSync(capture, 'utf8')) as { queries: Record<string, Captured[]> };
    const rows = (queries.t_deb_packages ?? []).map(({ name, version, arch, source }) => {
      const [, source_package = name, source_version = ''] = /^(\S+)(?: \((\S+)\))?$/.exec(source) ?? [];
      return { name, version, arch, source_package, source_version, context: 'debian-12' };
    });
    const found = await findIn(sharedFeeds, rows);
    expect(found.get('libc6 CVE-2026-0915')).toBe('not_affected');
    expect(found.get('libcap2 CVE-2025-1390')).toBe('not_affected');
    expect(found.get('bsdutils CVE-2024-28085')).toBe('not_affected');
    expect(found.get('linux-libc-dev undefined')).toBe('not_judged');
    expect([...found.values()]).not.toContain('unknown');
  });
});

interface Captured {
  name: string;
  version: string;
  arch: string;
  source: string;
}

/** Every verdict by package and vulnerability. */
async function findIn(feeds: string, rows: object[]): Promise<Map<string, string>> {
  const input = rows.map((row) => JSON.stringify(row)).join('\n');
  const { stdout } = await runCli(['match', '--feeds', feeds, '--all'], input);
  const answers = rowsOf(stdout) as { software: { name: string }; findings: Found[]; unknown: Found[] }[];
  return new Map(
    answers.flatMap(({ software, findings, unknown }) =>
      [...findings, ...unknown].map(({ cve, verdict }) => [`${software.name} ${cve}`, verdict] as const),
    ),
  );
}

interface Found {
  cve?: string;
  verdict: string;
}
