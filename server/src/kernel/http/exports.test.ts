import { expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { allPages, tableFile } from './exports.ts';

interface Row {
  name: string;
  hosts: number;
}

async function textOf(format: 'csv' | 'json', pages: Row[][]): Promise<string[]> {
  const { pieces } = tableFile<Row>({
    name: 'rows',
    format,
    columns: { name: (row) => row.name, hosts: (row) => row.hosts },
    async *rows() {
      yield* pages;
    },
  });
  const texts: string[] = [];
  for await (const piece of pieces({} as Context)) texts.push(piece);
  return texts;
}

const pages = [[{ name: '=1+1', hosts: -2 }], [], [{ name: 'a,b', hosts: 3 }]];

test('a table comes page by page, with the names of its columns before the first', async () => {
  expect(await textOf('csv', pages)).toEqual(["name,hosts\r\n'=1+1,-2\r\n", '', '"a,b",3\r\n']);
  expect(await textOf('csv', [[]])).toEqual(['name,hosts\r\n']);
});

test('JSON is one array however many pages there are', async () => {
  const text = (await textOf('json', pages)).join('');
  expect(JSON.parse(text)).toEqual(pages.flat());
  expect((await textOf('json', [[]])).join('')).toBe('[]\n');
});

test('pages follow the cursors to the end', async () => {
  const asked: (string | undefined)[] = [];
  const read = async (cursor: string | undefined) => {
    asked.push(cursor);
    return { rows: [asked.length], next: asked.length < 3 ? `after ${asked.length}` : undefined };
  };
  const rows: number[] = [];
  for await (const page of allPages(read)) rows.push(...page);
  expect([rows, asked]).toEqual([
    [1, 2, 3],
    [undefined, 'after 1', 'after 2'],
  ]);
});
