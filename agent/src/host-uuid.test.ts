import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readHostUuid } from './host-uuid.ts';

it('is made once, and anew when the file was damaged', () => {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-agent-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const first = readHostUuid(folder);
  expect(readHostUuid(folder)).toBe(first);
  writeFileSync(join(folder, 'host-uuid'), '');
  expect(readHostUuid(folder)).toMatch(/^[0-9a-f-]{36}$/);
});
