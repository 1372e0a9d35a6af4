import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findOsquery } from './find.ts';

it('takes an osqueryd that is installed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-agent-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const program = join(folder, 'osqueryd');
  writeFileSync(program, '');
  chmodSync(program, 0o755);
  expect(findOsquery(`/nowhere:${folder}`)).toMatch(/osqueryd$/);
});
