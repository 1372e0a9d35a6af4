import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const HELLO = 'flotilla-test-hello';

/** A real Debian package whose own scripts write down each time they are run. */
export interface HelloPackage {
  file: string;
  version: string;
}

/** Builds packages in a folder, and reads what they wrote there when they were installed. */
export interface HelloPackages {
  /** `after` is shell code that its post-install script ends with. */
  build(version: string, after?: string): HelloPackage;
  /** One line a run of its post-install script by a task: the id of the task and the attempt. */
  runs(): string[];
}

export function helloPackages(folder: string): HelloPackages {
  const log = join(folder, 'runs');
  return {
    build(version, after = 'true') {
      const tree = join(folder, `tree-${version}`);
      mkdirSync(join(tree, 'DEBIAN'), { recursive: true, mode: 0o755 });
      mkdirSync(join(tree, `usr/share/doc/${HELLO}`), { recursive: true });
      writeFileSync(join(tree, `usr/share/doc/${HELLO}/text`), `hello ${version}\n`);
      writeFileSync(
        join(tree, 'DEBIAN/control'),
        `Package: ${HELLO}\nVersion: ${version}\nArchitecture: all\nMaintainer: Flotilla <test@example.org>\nDescription: says hello\n Only for tests.\n`,
      );
      const script = `#!/bin/sh\necho "$FLOTILLA_TASK_ID $FLOTILLA_TASK_ATTEMPT" >> '${log}'\n${after}\n`;
      writeFileSync(join(tree, 'DEBIAN/postinst'), script);
      chmodSync(join(tree, 'DEBIAN/postinst'), 0o755);
      chmodSync(join(tree, 'DEBIAN'), 0o755);
      const file = join(folder, `${HELLO}_${version}_all.deb`);
      execFileSync('dpkg-deb', ['--root-owner-group', '--build', tree, file], { stdio: 'ignore' });
      return { file, version };
    },
    runs: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .split('\n')
            .filter((line) => line.trim() !== '')
        : [],
  };
}

/** The version that dpkg says is installed; null when none is. */
export function installedHello(): string | null {
  try {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: placeholders of dpkg-query
    const format = '--showformat=${db:Status-Abbrev} ${Version}';
    const [status, version] = execFileSync('dpkg-query', ['--show', format, HELLO], { encoding: 'utf8', stdio: 'pipe' })
      .trim()
      .split(/\s+/);
    return status === 'ii' ? (version ?? null) : null;
  } catch {
    return null;
  }
}

/** Takes it off this machine, also when an installation of it was cut off. */
export function purgeHello(): void {
  // It fails where there is nothing to purge, as it should be.
  spawnSync('dpkg', ['--purge', '--force-all', HELLO], { stdio: 'ignore' });
  if (installedHello() !== null) throw new Error(`${HELLO} cannot be removed`);
}

export const installByHand = (one: HelloPackage) =>
  execFileSync('dpkg', ['--install', one.file], { stdio: 'ignore', env: { ...process.env, FLOTILLA_TASK_ID: '' } });
