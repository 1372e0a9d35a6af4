import { execFile } from 'node:child_process';
import { copyFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const file = (scope: string) =>
  fileURLToPath(
    new URL(
      `../../node_modules/${scope}/cdxgen-plugins-bin-linux-amd64/plugins/osquery/osqueryi-linux-amd64`,
      import.meta.url,
    ),
  );

/** Real osquery programs by version; see the prerequisites of the same names. */
export const osqueryPrograms = { '5.23.1': file('@cdxgen'), '5.20.0': file('@cyclonedx') } as const;
export type OsqueryVersion = keyof typeof osqueryPrograms;

/** The program is a daemon only under this name. */
export function placeOsqueryd(version: OsqueryVersion, folder: string): string {
  const program = join(folder, 'osqueryd');
  copyFileSync(osqueryPrograms[version], program);
  return program;
}

/** Runs one query on this machine, as osquery's shell does. */
export async function queryHere(
  version: OsqueryVersion,
  folder: string,
  sql: string,
): Promise<Record<string, string>[]> {
  const program = join(folder, 'osqueryi');
  symlinkSync(osqueryPrograms[version], program);
  const { stdout } = await run(program, ['--json', '--ephemeral', '--disable_database', '--disable_extensions', sql], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Record<string, string>[];
}
