import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toAffected } from './to-affected.ts';

const cpe = (name: string, rest = '*:*:*:*:*:*:*') => `cpe:2.3:${name}:${rest}`;
const match = (criteria: string, fields: object = {}) => ({ vulnerable: true, criteria, ...fields });
const beside = (criteria: string, fields: object = {}) => ({ vulnerable: false, criteria, ...fields });
const any = (...cpeMatch: object[]) => ({ operator: 'OR', negate: false, cpeMatch });
const affectedOf = (...configurations: object[]) => toAffected(configurations).affected;

describe('configurations of programs', () => {
  test('ranges and single versions of one product are one statement', () => {
    const node = any(
      match(cpe('a:mozilla:firefox:*'), { versionStartIncluding: '102', versionEndExcluding: '102.5' }),
      match(cpe('a:mozilla:firefox:*'), { versionStartExcluding: '103.0', versionEndIncluding: '106.0.5' }),
      match(cpe('a:mozilla:firefox:100.0')),
    );
    expect(affectedOf({ nodes: [node] })).toEqual([
      {
        ...{ key: 'cpe:a:mozilla:firefox', scheme: 'generic', statement: 'ranges' },
        ranges: [
          { introduced: '102', fixed: '102.5' },
          { after: '103.0', lastAffected: '106.0.5' },
          { introduced: '100.0', lastAffected: '100.0' },
        ],
      },
    ]);
  });

  test('editions, updates and what it is made for are a restriction of their own', () => {
    const node = any(
      match(cpe('a:zoom:zoom:*', '*:*:*:*:windows:*:*'), { versionEndExcluding: '5.8.6' }),
      match(cpe('a:zoom:zoom:*', '*:*:*:*:macos:*:*'), { versionEndExcluding: '5.8.4' }),
      match(cpe('a:zoom:zoom:5.0', 'p1:*:*:*:*:*:*')),
    );
    expect(affectedOf({ nodes: [node] }).map(({ only, ranges }) => [only?.variant, ranges[0]?.fixed])).toEqual([
      [{ targetSoftware: 'windows' }, '5.8.6'],
      [{ targetSoftware: 'macos' }, '5.8.4'],
      [{ update: 'p1' }, undefined],
    ]);
  });

  test('what must be there besides is what it runs on, any of a list, each list', () => {
    const configuration = {
      operator: 'AND',
      nodes: [
        any(match(cpe('a:microsoft:internet_explorer:9'))),
        any(
          beside(cpe('o:microsoft:windows_7:-', 'sp1:*:*:*:*:x64:*')),
          beside(cpe('o:microsoft:windows_10:*'), { versionEndExcluding: '10.0.14393.1' }),
        ),
        any(beside(cpe('a:vendor:helper:2.0'))),
      ],
    };
    expect(affectedOf(configuration)).toEqual([
      {
        ...{ key: 'cpe:a:microsoft:internet_explorer', scheme: 'generic', statement: 'ranges' },
        ranges: [{ introduced: '9', lastAffected: '9' }],
        only: {
          runningOn: [
            [
              {
                ...{ key: 'cpe:o:microsoft:windows_7', scheme: 'windows', ranges: [] },
                variant: { update: 'sp1', targetHardware: 'x64' },
              },
              { key: 'cpe:o:microsoft:windows_10', scheme: 'windows', ranges: [{ fixed: '10.0.14393.1' }] },
            ],
            [{ key: 'cpe:a:vendor:helper', scheme: 'generic', ranges: [{ introduced: '2.0', lastAffected: '2.0' }] }],
          ],
        },
      },
    ]);
  });

  test('in a list where all must be there, each other one is needed', () => {
    const node = { operator: 'AND', cpeMatch: [match(cpe('a:v:one:1')), match(cpe('a:v:two:2'))] };
    expect(
      affectedOf({ nodes: [node] }).map(({ key, only }) => [key, only?.runningOn?.map((group) => group[0]?.key)]),
    ).toEqual([
      ['cpe:a:v:one', ['cpe:a:v:two']],
      ['cpe:a:v:two', ['cpe:a:v:one']],
    ]);
  });

  test('alternatives beside it that are not vulnerable add nothing where any is enough', () => {
    const [said] = affectedOf({ nodes: [any(match(cpe('a:v:p:1')), beside(cpe('o:v:s:-')))] });
    expect(said?.only).toBeUndefined();
  });

  test('systems, hardware, and programs without a version are nothing to look up', () => {
    const node = any(match(cpe('o:linux:linux_kernel:*')), match(cpe('h:cisco:asr:-')), match(cpe('a:v:p:-')));
    expect(toAffected([{ nodes: [node] }])).toEqual({ affected: [], problems: [] });
  });

  test('versions of builds of Chromium have an order of their own', () => {
    const node = any(match(cpe('a:google:chrome:*'), { versionEndExcluding: '125.0.6422.60' }));
    expect(affectedOf({ nodes: [node] })).toMatchObject([{ scheme: 'chrome' }]);
  });
});

test('what is negated, or no name, is a problem and says nothing', () => {
  const negated = {
    operator: 'AND',
    nodes: [any(match(cpe('a:v:p:1'))), { ...any(beside(cpe('o:v:s:-'))), negate: true }],
  };
  expect(toAffected([negated, { nodes: [any(match('cpe:/a:v:p'), { vulnerable: true })] }, 7])).toEqual({
    affected: [],
    problems: ['a negated configuration', 'cpe:/a:v:p: no CPE 2.3 name', 'a match without criteria'],
  });
  expect(toAffected('x')).toEqual({ affected: [], problems: [] });
});

test('a program is affected where its configuration holds on the host, whatever is nested in what', () => {
  const product = fc.constantFrom('a', 'b', 'c', 'd');
  const matches = fc.array(fc.record({ product, vulnerable: fc.boolean() }), { minLength: 1, maxLength: 3 });
  const nodes = fc.array(fc.record({ operator: fc.constantFrom('AND', 'OR'), matches }), {
    minLength: 1,
    maxLength: 3,
  });
  const configuration = fc.record({ operator: fc.constantFrom('AND', 'OR'), nodes });
  fc.assert(
    fc.property(configuration, fc.subarray(['a', 'b', 'c', 'd']), product, ({ operator, nodes: all }, host, asked) => {
      const holds = ({ operator: of, matches: each }: (typeof all)[number]) =>
        of === 'AND' ? each.every((one) => host.includes(one.product)) : each.some((one) => host.includes(one.product));
      const isIn = all.some(
        (node) =>
          node.matches.some((one) => one.vulnerable && one.product === asked) &&
          (operator === 'AND' ? all.every(holds) : holds(node)),
      );
      const written = {
        operator,
        nodes: all.map((node) => ({
          operator: node.operator,
          cpeMatch: node.matches.map((one) => ({ vulnerable: one.vulnerable, criteria: cpe(`a:v:${one.product}:*`) })),
        })),
      };
      const has = ({ key }: { key: string }) => host.includes(key.slice(-1));
      const isSaid = affectedOf(written).some(
        ({ key, only }) => key === `cpe:a:v:${asked}` && (only?.runningOn ?? []).every((group) => group.some(has)),
      );
      expect(host.includes(asked) && isSaid).toBe(host.includes(asked) && isIn);
    }),
    { numRuns: 2_000 },
  );
});
