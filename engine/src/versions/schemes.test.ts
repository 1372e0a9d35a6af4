import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareVersions } from './compare-versions.ts';
import { isUnparsable, type VersionScheme } from './scheme.ts';
import { isSchemeName, type SchemeName, schemeNames, schemes } from './schemes.ts';

const testdata = new URL('../../testdata/', import.meta.url);

/** `a < b`, `a = b`, `a > b` or `! text`. */
type Case = { a: string; order: '<' | '=' | '>'; b: string } | { invalid: string };

function casesIn(text: string): Case[] {
  return text.split('\n').flatMap((line): Case[] => {
    if (line === '' || line.startsWith('#')) return [];
    const plain = line.replaceAll('\\t', '\t').replaceAll('\\e', '');
    if (plain.startsWith('! ')) return [{ invalid: plain.slice(2) }];
    const [, a, order, b] = /^(.*) ([<=>]) (.*)$/.exec(plain) ?? [];
    if (a === undefined || b === undefined) throw new Error(`no case: ${line}`);
    return [{ a, order: order as '<' | '=' | '>', b }];
  });
}

const signs = { '-1': '<', '0': '=', '1': '>' } as const;

/** What the scheme says, in the form of the cases. */
function answerTo(scheme: SchemeName, known: Case): Case {
  if ('invalid' in known) {
    return isUnparsable(schemes[scheme].parse(known.invalid)) ? known : { a: known.invalid, order: '=', b: 'valid' };
  }
  const order = compareVersions(scheme, known.a, known.b);
  return typeof order === 'number'
    ? { ...known, order: signs[`${order}`] }
    : { invalid: `${order.side} of ${JSON.stringify(known)}: ${order.problem}` };
}

const chosenCases = (name: SchemeName) => casesIn(readFileSync(new URL(`${name}.txt`, testdata), 'utf8'));

const piecesOf = (text: string): string[] => text.match(/[0-9]+|[A-Za-z]+|[^A-Za-z0-9]/g) ?? [];

/** The head of one version in the cases of the scheme and the tail of another, each cut between its pieces. */
function versionTexts(name: SchemeName): fc.Arbitrary<string> {
  const version = fc.constantFrom(
    ...chosenCases(name).flatMap((known) => ('invalid' in known ? [] : [known.a, known.b])),
  );
  const part = fc.tuple(version, fc.nat(), fc.nat()).map(([text, from, to]) => {
    const pieces = piecesOf(text);
    return [
      pieces.slice(0, to % (pieces.length + 1)).join(''),
      pieces.slice(from % (pieces.length + 1)).join(''),
    ] as const;
  });
  return fc.oneof(
    version,
    fc.tuple(part, part).map(([[head], [, tail]]) => head + tail),
  );
}

describe.each(schemeNames)('%s', (name) => {
  const scheme: VersionScheme = schemes[name];
  const versionText = versionTexts(name);
  const version = versionText.filter((text) => !isUnparsable(scheme.parse(text)));
  const compare = (a: string, b: string) => scheme.compare(scheme.parse(a), scheme.parse(b));

  test('agrees with every case that a person chose', () => {
    const cases = chosenCases(name);
    expect(cases.length).toBeGreaterThan(100);
    expect(cases.filter((known) => 'invalid' in known).length).toBeGreaterThan(10);
    for (const known of cases) expect(answerTo(name, known)).toEqual(known);
  });

  const vectors = new URL(`${name}.vectors.gz`, testdata);
  if (existsSync(vectors)) {
    test('agrees with the real program', () => {
      const cases = casesIn(gunzipSync(readFileSync(vectors)).toString());
      expect(cases.length).toBeGreaterThan(10_000);
      expect(cases.filter((known) => JSON.stringify(answerTo(name, known)) !== JSON.stringify(known))).toEqual([]);
    });
  }

  test('what parses has one order: total, antisymmetric, and equal to itself', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect([-1, 0, 1]).toContain(compare(a, b));
        expect(compare(a, b) + compare(b, a)).toBe(0);
        expect(compare(a, a)).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  test('the order is transitive', () => {
    fc.assert(
      fc.property(version, version, version, (...three) => {
        const [a, b, c] = three.sort(compare) as [string, string, string];
        expect(compare(a, b)).toBeLessThanOrEqual(0);
        expect(compare(b, c)).toBeLessThanOrEqual(0);
        expect(compare(a, c)).toBe(Math.min(compare(a, b), compare(b, c)));
      }),
      { numRuns: 2000 },
    );
  });

  test('any text is either a version or a problem in words', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), versionText), (text) => {
        const parsed = scheme.parse(text);
        if (isUnparsable(parsed)) expect(parsed.problem).toMatch(/\w+ \w+/);
        else expect(scheme.compare(parsed, scheme.parse(text))).toBe(0);
      }),
    );
  });

  test('very long texts are read and compared to their end', () => {
    expect(isUnparsable(scheme.parse(`1${' '.repeat(1_000_000)}1`))).toBe(true);
    for (const piece of ['.0a', '.1', '0', '_p1', '-1', '~', '^a', '_', ' ', ',1', ':1']) {
      const long = `1${piece.repeat(200_000)}`;
      const order = compareVersions(name, `${long}1`, `${long}2`);
      if (typeof order === 'number') expect(order).toBe(-1);
      else expect(order.problem.length).toBeLessThan(100);
    }
  });
});

test('what does not parse is told apart by side and gets no order', () => {
  expect(compareVersions('dpkg', '1.0', 'v1')).toEqual({ side: 'b', problem: expect.stringContaining('digit') });
  expect(compareVersions('dpkg', '', '')).toMatchObject({ side: 'a' });
});

test('names of schemes are known exactly', () => {
  expect(isSchemeName('dpkg')).toBe(true);
  expect(isSchemeName('toString')).toBe(false);
});
