import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../testing/run-cli.ts';

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-mirror-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const exploited = (...cves: string[]) =>
  JSON.stringify({
    dateReleased: '2026-01-02T00:00:00.000Z',
    vulnerabilities: cves.map((cveID) => ({ cveID, dateAdded: '2026-01-01', dueDate: '2026-01-22' })),
  });

/** A mirror that has one feed. */
function createMirror() {
  const folder = createFolder();
  mkdirSync(join(folder, 'kev'));
  const file = join(folder, 'kev/known_exploited_vulnerabilities.json');
  return { folder, write: (text: string) => writeFileSync(file, text) };
}

test('a mirror is made from another, can be verified, and keeps what it has when new data are damaged', async () => {
  const { folder, write } = createMirror();
  const to = createFolder();
  const fill = () => runCli(['feeds', 'mirror', '--to', to, '--from', folder, 'cisa-kev', 'epss']);
  write(exploited('CVE-2026-0001', 'CVE-2026-0002'));
  expect(await fill()).toEqual({ code: 0, stdout: 'cisa-kev\t2\tupdated\nepss\t0\tnot there\n', stderr: '' });
  expect(await runCli(['feeds', 'verify', to])).toEqual({ code: 0, stdout: 'cisa-kev\t2\t0\tok\n', stderr: '' });
  write('{"vulnerabilities": [');
  const damaged = await fill();
  expect(damaged.code).toBe(1);
  expect(damaged.stdout).toMatch(/^cisa-kev\t2\tfailed: /);
  expect((await runCli(['feeds', 'verify', to])).code).toBe(0);
  const broken = await runCli(['feeds', 'verify', folder]);
  expect(broken.code).toBe(1);
  expect(broken.stdout).toMatch(/^cisa-kev\t0\t0\t\w+/);
});

test.each([
  [['mirror'], 'flotilla feeds mirror: say where to: --to FOLDER\n'],
  [['mirror', '--to', '/nowhere', 'nothing'], /^There is no feed nothing; there are debian/],
  [['verify'], 'flotilla feeds verify: say which folder\n'],
])('refuses %j in one line', async (args, line) => {
  const { code, stderr } = await runCli(['feeds', ...args]);
  expect(code).toBe(2);
  expect(stderr).toMatch(line);
  expect(existsSync('/nowhere')).toBe(false);
});
