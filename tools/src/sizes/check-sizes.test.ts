import { describe, expect, it } from 'vitest';
import { withTree } from '../temporary-tree.ts';
import { checkSizes, describeSizes } from './check-sizes.ts';
import { measureFunctions } from './measure-functions.ts';

const lines = (count: number, text = 'x;') => `${Array(count).fill(text).join('\n')}\n`;
const problems = async (files: Record<string, string>) => (await withTree(files, checkSizes)).problems;

describe('the limits', () => {
  it('400 lines a file, 600 a test, generated files aside', async () => {
    expect(await problems({ 'server/src/a.ts': lines(400), 'server/src/a.test.ts': lines(600) })).toEqual([]);
    expect(await problems({ 'web/src/a.tsx': lines(401), 'bin/a.test.js': lines(601) })).toEqual([
      'bin/a.test.js: 601 lines, the limit is 600',
      'web/src/a.tsx: 401 lines, the limit is 400',
    ]);
    expect(await problems({ 'server/src/database.ts': lines(2000), 'web/dist/a.js': lines(2000) })).toEqual([]);
  });

  it.each([
    ['a function', `function long() {\n${lines(59)}}`, 'long'],
    ['an arrow function', `const long = () => {\n${lines(59)}};`, 'long'],
    ['a method', `class A {\nlong() {\n${lines(59)}}\n}`, 'long'],
    ['a component', `export const Long = () => (\n<p>\n${lines(57, 'x')}</p>\n);`, 'Long'],
    ['a callback', `rows.map(() => {\n${lines(59)}});`, 'a function without a name'],
  ])('60 lines for %s', async (_kind, text, name) => {
    const found = await problems({ 'web/src/a.tsx': text });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${name} has 61 lines, the limit is 60`);
  });

  it('a function of 60 lines and the blocks of tests may be that long', async () => {
    expect(await problems({ 'cli/src/a.ts': `function fits() {\n${lines(58)}}` })).toEqual([]);
    for (const call of ["describe('a', ", "it('a', async ", "it.each([1])('a', ", 'describe.skipIf(x)("a", ']) {
      expect(await problems({ 'cli/src/a.test.ts': `${call}() => {\n${lines(70)}});` })).toEqual([]);
    }
  });

  it('three parameters, `this` aside', async () => {
    const text =
      'function ok(this: Date, a, { b, c }, d) {}\nconst no = (a, b, c, d) => a;\nsort((a, b) => a - b);\nit.each(x)("y", (a, b, c, d) => {});';
    expect(await problems({ 'agent/src/a.ts': text })).toEqual([
      'agent/src/a.ts:2: no has 4 parameters, the limit is 3',
    ]);
  });
});

describe('measuring', () => {
  it('names functions by what they are given to', () => {
    const text = 'const a = { b: () => 1, c() {} };\nclass D { constructor() {} }\nfunction e() {}';
    expect(measureFunctions('a.ts', text).map((each) => each.name)).toEqual(['b', 'c', 'constructor', 'e']);
  });

  it('types have no bodies and are not measured', () => {
    expect(
      measureFunctions('a.ts', 'interface A { b(a: 1, b: 2, c: 3, d: 4): void }\ndeclare function f(): 1;'),
    ).toEqual([]);
  });

  it('describes how files spread', () => {
    const files = Array.from({ length: 20 }, (_, place) => ({ path: `f${place}.ts`, lines: place + 1 }));
    const text = describeSizes(files);
    expect(text[0]).toBe('20 files, median 11 lines, p90 19; the largest:');
    expect(text).toHaveLength(11);
    expect(text[1]).toBe('    20  f19.ts');
  });
});
