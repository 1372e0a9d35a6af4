import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder for the time of one test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-feeds-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
