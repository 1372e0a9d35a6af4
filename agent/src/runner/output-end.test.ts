import { expect, it } from 'vitest';
import { createOutputEnd, keepEnd } from './output-end.ts';

it('keeps the end, and says whether there was more', () => {
  const output = createOutputEnd(10);
  output.add(Buffer.from('12345'));
  expect(output.read()).toEqual({ output: '12345', cut: false });
  for (let line = 0; line < 100_000; line += 1) output.add(Buffer.from(`line ${line}\n`));
  expect(output.read()).toEqual({ output: 'ine 99999\n', cut: true });
});

it('keeps nothing when nothing is wanted', () => {
  expect(keepEnd(Buffer.from('abc'), 0)).toEqual({ output: '', cut: true });
});

it('makes text of any bytes, within the bound', () => {
  expect(keepEnd(Buffer.from([0x61, 0, 0xff, 0x62]), 10).output).toBe('a\uFFFDb');
  expect(keepEnd(Buffer.from('\u00e9\u00e9'), 3)).toEqual({ output: '\u00e9', cut: true });
  const { output, cut } = keepEnd(Buffer.alloc(100, 0xff), 100);
  expect([Buffer.byteLength(output) <= 100, cut]).toEqual([true, true]);
});
