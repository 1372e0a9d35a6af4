import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { rowsOf, runCli } from './testing/run-cli.ts';

const fixtures = fileURLToPath(new URL('../../feeds/fixtures/', import.meta.url));
const kev = 'kev/known_exploited_vulnerabilities.json';
let folder: string;
let index: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flotilla-match-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of ['debian', 'kev', 'osv/PyPI']) mkdirSync(join(folder, name), { recursive: true });
  copyFileSync(join(fixtures, 'osv-pypi.zip'), join(folder, 'osv/PyPI/all.zip'));
  copyFileSync(join(fixtures, 'debian-security-tracker.json'), join(folder, 'debian/tracker.json'));
  copyFileSync(join(fixtures, 'cisa-kev.json'), join(folder, kev));
  index = join(folder, 'compiled');
});

const purl = 'pkg:pypi/AccessControl@5.1';
const libssl = 'pkg:deb/debian/libssl3@3.0.19-1~deb12u1?arch=amd64&distro=debian-12&upstream=openssl';

async function match(rows: object[], ...more: string[]) {
  const input = rows.map((row) => JSON.stringify(row)).join('\n');
  const { code, stdout, stderr } = await runCli(['match', '--feeds', folder, ...more], input);
  return { code, stderr, rows: rowsOf(stdout) };
}

describe('flotilla match, of what is given by a name', { timeout: 60_000 }, () => {
  test('a package URL says what a package is and where it comes from', async () => {
    const { rows } = await match([{ purl }, { purl: libssl }, { purl: 'pkg:deb/debian/bash@5.1' }, { purl: 'bash' }]);
    expect(rows).toMatchObject([
      { software: { purl }, findings: [{ cve: 'CVE-2021-32807' }] },
      { findings: [{ cve: 'CVE-2026-28389', evidence: { identity: { name: 'source_package' } } }] },
      { line: 3, error: 'context is missing' },
      { line: 4, error: 'bash: no package URL' },
    ]);
  });

  test('components of bills of materials of both kinds are judged', async () => {
    const bill = join(folder, 'bill.json');
    const unnamed = { name: 'mystery', version: '1' };
    const nested = { name: 'a', version: '1', purl: libssl, components: [{ name: 'AccessControl', purl }, unnamed] };
    writeFileSync(bill, JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [nested] }));
    const expected = [
      { findings: [{ cve: 'CVE-2026-28389' }] },
      { findings: [{ cve: 'CVE-2021-32807' }] },
      { findings: [], unknown: [{ reason: 'no_matcher' }] },
    ];
    expect((await match([], '--sbom', bill)).rows).toMatchObject(expected);
    const spdx = [libssl, purl].map((referenceLocator) => ({
      name: 'a',
      versionInfo: '1',
      externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator }],
    }));
    const packages = [...spdx, { name: 'mystery', versionInfo: '1' }];
    writeFileSync(bill, JSON.stringify({ spdxVersion: 'SPDX-2.3', packages }));
    expect((await match([], '--sbom', bill)).rows).toMatchObject(expected);
    writeFileSync(bill, '{}');
    expect(await match([], '--sbom', bill)).toMatchObject({ code: 2, stderr: expect.stringContaining('neither') });
  });

  test('the compiled file gives the answers of the feeds themselves, and is kept', async () => {
    const plain = await match([{ purl }, { purl: libssl }], '--all');
    const first = await match([{ purl }, { purl: libssl }], '--all', '--index', index);
    const { mtimeMs } = statSync(index);
    const second = await match([{ purl }, { purl: libssl }], '--all', '--index', index);
    expect(first).toEqual(plain);
    expect(second).toEqual({ ...plain, stderr: '' });
    expect(statSync(index).mtimeMs).toBe(mtimeMs);
  });

  test('the compiled file is made anew when a feed changed', async () => {
    await match([], '--index', index);
    rmSync(join(folder, 'osv'), { recursive: true });
    utimesSync(join(folder, kev), new Date(0), new Date(0));
    const { rows } = await match([{ purl }], '--index', index);
    expect(rows).toMatchObject([{ findings: [], unknown: [{ reason: 'no_advisories' }] }]);
  });

  test.each([
    ['cut', (bytes: Buffer) => bytes.subarray(0, -3), 'it is damaged'],
    ['empty', () => Buffer.alloc(0), 'it is damaged'],
    ['changed in a block', (bytes: Buffer) => Buffer.concat([Buffer.from('#'), bytes.subarray(1)]), 'it is damaged'],
    [
      'of another version',
      (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace('advisories 1"', 'advisories 0"'), 'latin1'),
      'it is of another version',
    ],
  ])('a compiled file that is %s is made anew, and that is said once', async (_, damage, reason) => {
    await match([], '--index', index);
    writeFileSync(index, damage(readFileSync(index)));
    const { code, stderr, rows } = await match([{ purl }], '--index', index);
    expect(code).toBe(0);
    expect(stderr.split('\n')[0]).toBe(`${index} is made anew: ${reason}`);
    expect(rows).toMatchObject([{ findings: [{ cve: 'CVE-2021-32807' }] }]);
    expect((await match([{ purl }], '--index', index)).stderr).toBe('');
    expect(existsSync(`${index}.part`)).toBe(false);
  });
});
