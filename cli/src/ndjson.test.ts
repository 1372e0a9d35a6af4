import { describe, expect, test } from 'vitest';
import { type Row, readRows } from './ndjson.ts';

async function rowsIn(text: string, size: number): Promise<Row[]> {
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const rows: Row[] = [];
  for await (const batch of readRows(chunks())) rows.push(...batch);
  return rows;
}

describe('lines of JSON', () => {
  test.each([1, 2, 3, 7, 1000])('in chunks of %i bytes are the same rows', async (size) => {
    expect(await rowsIn('{"a":"é😀"}\r\n\n{"b":1}\n{"c":', size)).toEqual([
      { line: 1, fields: { a: 'é😀' } },
      { line: 3, fields: { b: 1 } },
      { line: 4, error: 'the line is not JSON' },
    ]);
  });

  test('a line that is too long is one error, and the next is read', async () => {
    const long = `{"a":"${'x'.repeat(3_000_000)}"}`;
    for (const size of [100_000, 10_000_000]) {
      expect(await rowsIn(`${long}\n{"b":1}\n${long}`, size)).toEqual([
        { line: 1, error: 'the line is longer than 1 MiB' },
        { line: 2, fields: { b: 1 } },
        { line: 3, error: 'the line is longer than 1 MiB' },
      ]);
    }
  });

  test('nothing has no rows', async () => {
    expect(await rowsIn('', 10)).toEqual([]);
  });
});
