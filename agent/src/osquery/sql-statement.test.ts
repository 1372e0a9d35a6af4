import { expect, it } from 'vitest';
import { toStatement } from './sql-statement.ts';

const textOf = (sql: string) => {
  const statement = toStatement(sql);
  return 'text' in statement ? statement.text : statement.error;
};

it.each([
  ['select 1', 'select 1;'],
  ['select 1;', 'select 1;'],
  [' \n;select 1 ; ;\n', 'select 1;'],
  ['SELECT 1 -- why; not\n, 2', 'SELECT 1  , 2;'],
  ['select 1 -- to the end', 'select 1;'],
  ['select /* a ; b -- c */ 1 /* never closed', 'select   1;'],
  ['select\n1\r\n.help', 'select 1  .help;'],
  ["select 'a;b', 'it''s', '--', '/*' ", "select 'a;b', 'it''s', '--', '/*';"],
  ["select 'a\n.help\nb'", "select 'a\n.help\nb';"],
  ['select "a;b", `c;d`, [e;f\']', 'select "a;b", `c;d`, [e;f\'];'],
  ['with a as (select 1) select * from a', 'with a as (select 1) select * from a;'],
  ['explain  query   plan select 1', 'explain  query   plan select 1;'],
])('makes one statement of %j', (sql, statement) => {
  expect(textOf(sql)).toBe(statement);
});

it.each([
  ['', /empty/],
  [' ;; -- nothing', /empty/],
  ['select 1; select 2', /more than one/],
  ["select 1; .shell 'x'", /more than one/],
  ['.help', /starts with SELECT/],
  ['-- a comment\n.help', /starts with SELECT/],
  ["select 'a", /never closed/],
  ['select "a\' from b', /never closed/],
  ['select [a', /never closed/],
  ['select `a', /never closed/],
  ['select 1\0', /NUL/],
  ["select 'a\0'", /NUL/],
  ['create trigger a', /starts with SELECT/],
  ['explain create trigger a', /starts with SELECT/],
  ["attach 'x' as y", /starts with SELECT/],
  ['selected', /starts with SELECT/],
])('refuses %j', (sql, reason) => {
  expect(toStatement(sql)).toEqual({ error: expect.stringMatching(reason) });
});

it('takes a time that grows with the length only', () => {
  for (const unit of ["'", "''", '--', '/*', '*/', '[', ' ', ';', "'a'||", '\n']) {
    const since = performance.now();
    toStatement(`select ${unit.repeat(1_000_000 / unit.length)}`);
    expect(performance.now() - since, unit).toBeLessThan(2000);
  }
});
