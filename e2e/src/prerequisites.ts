import { existsSync, globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

/** What some tests need from the machine: how to see whether it is there, and a sentence for whoever lacks it. */
export const prerequisites = {
  chromium: { isThere: () => existsSync('/usr/bin/chromium'), sentence: 'Debian package chromium' },
  shared: {
    isThere: () => existsSync(fileURLToPath(new URL('../../../shared', import.meta.url))),
    sentence: 'a folder `shared` with recorded data beside this repository',
  },
  dpkg: { isThere: () => existsSync('/usr/bin/dpkg-query'), sentence: 'a Debian system' },
  rpm: { isThere: () => existsSync('/usr/bin/rpmbuild'), sentence: 'Debian package rpm' },
  'debian-postgres': {
    isThere: () => globSync('/usr/lib/postgresql/*/bin/postgres').length > 0,
    sentence: 'Debian package postgresql',
  },
  root: { isThere: () => process.getuid?.() === 0, sentence: 'to be run as root' },
  'osquery-5.23': { isThere: () => isInstalled('@cdxgen'), sentence: 'npm package of osquery 5.23 for this platform' },
  'osquery-5.20': {
    isThere: () => isInstalled('@cyclonedx'),
    sentence: 'npm package of osquery 5.20 for this platform',
  },
} as const satisfies Record<string, { isThere: () => boolean; sentence: string }>;

export type Prerequisite = keyof typeof prerequisites;

/**
 * A `describe` for tests that need something from the machine. Where it is missing they are skipped, and their title says
 * why: `npm test` lists it, and fails for it in CI.
 */
export function describeWith(needed: readonly Prerequisite[], title: string, body: () => void): void {
  const missing = needed.filter((name) => !prerequisites[name].isThere());
  if (missing.length === 0) {
    describe(title, body);
    return;
  }
  const reasons = missing.map((name) => `${name}: ${prerequisites[name].sentence}`);
  describe.skip(`${title} [needs ${reasons.join('; ')}]`, body);
}

function isInstalled(scope: string): boolean {
  const path = `../../node_modules/${scope}/cdxgen-plugins-bin-linux-amd64/plugins/osquery/osqueryi-linux-amd64`;
  return process.platform === 'linux' && process.arch === 'x64' && existsSync(new URL(path, import.meta.url));
}
