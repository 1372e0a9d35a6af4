import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test.each(['=1+1', '+cmd', '-cmd|x', '@sum', '\t=1', '\r=1', '\n=1'])('%j is inert in a spreadsheet', (text) => {
  expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/);
});

test('numbers stay numbers, and what is not known is empty', () => {
  expect(csvLine([-5, '-1.5', '+42', 0, null, undefined, true])).toBe('-5,-1.5,+42,0,,,true\r\n');
  expect(csvLine([new Date('2026-01-31T12:00:00Z')])).toBe('2026-01-31T12:00:00.000Z\r\n');
});

test('any text comes back out as it went in, but for the apostrophe', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const cells = [one, other].map((text) =>
        /^[=+\-@\t\r\n]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text,
      );
      expect(parse(csvLine([one, other]))).toEqual(cells);
    }),
  );
});

/** RFC 4180, for one line. */
function parse(line: string): string[] {
  const cells: string[] = [];
  let rest = `${line.slice(0, -2)},`;
  while (rest !== '') {
    const [all = rest, quoted, plain = ''] = /^(?:"((?:[^"]|"")*)"|([^,]*)),/.exec(rest) ?? [];
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    rest = rest.slice(all.length);
  }
  return cells;
}
