import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Advisory, Affected } from '../advisories/advisory.ts';
import { explain } from './explain.ts';
import { judgeSoftware } from './judge-software.ts';
import { createMemoryIndex } from './memory-index.ts';
import { softwareIdentity } from './software-identity.ts';

const key = 'cpe:a:google:chrome';
const chrome = softwareIdentity({
  ...{ source: 'programs', name: 'Google Chrome', version: '120.0.6099.110', vendor: 'Google LLC' },
});
const said = (feed: string, fields: Partial<Affected>, isDerived?: true): Advisory => ({
  ...{ feed, id: `${feed}/1`, vulnerabilities: ['CVE-2024-0519'], aliases: [] },
  affected: [{ key, scheme: 'chrome', statement: 'ranges', ranges: [{ fixed: '120.0.6099.224' }], ...fields }],
  ...(isDerived && { isDerived }),
});
const indexOf = (...advisories: Advisory[]) => {
  const index = createMemoryIndex();
  for (const each of advisories) index.add(each);
  return index;
};
const explainChrome = (...advisories: Advisory[]) =>
  explain({ software: chrome, vulnerability: 'CVE-2024-0519' }, indexOf(...advisories));

describe('an explanation', () => {
  test('names every statement, which one decides and what comes before others', () => {
    const { statements, verdict, keys, identity } = explainChrome(
      said('nvd-gapfill', {}, true),
      said('nvd', { ranges: [{ fixed: '119' }] }),
      said('osv', { ranges: [{ introduced: '90', fixed: '100' }, { fixed: '120.0.6099.109' }] }),
    );
    expect(keys).toContainEqual({ key, isCovered: true });
    expect(identity).toMatchObject({ rule: expect.any(String), confidence: 'high' });
    expect(statements.map(({ feed, role }) => `${feed} ${role}`)).toEqual([
      'nvd decides',
      'osv outweighed',
      'nvd-gapfill preceded',
    ]);
    expect(statements[1]?.ranges.map(({ standing }) => standing)).toEqual(['outside', 'outside']);
    expect(statements[2]?.ranges.map(({ standing }) => standing)).toEqual(['inside']);
    expect(verdict).toMatchObject({ verdict: 'not_affected', reason: 'outside_range', evidence: { feed: 'nvd' } });
  });

  test('of what no feed speaks of has the keys that were tried, and no verdict', () => {
    const other = { ...said('nvd', {}), vulnerabilities: ['CVE-2020-1'] };
    expect(explainChrome(other)).toMatchObject({ keys: [{ key, isCovered: true }], statements: [], verdict: null });
  });

  test('of what is not judged has the reason', () => {
    expect(explainChrome()).toMatchObject({ verdict: null, notJudged: { notJudged: 'no_advisories' } });
    const other = softwareIdentity({ source: 'portage_packages', name: 'x', version: '1' });
    const { notJudged } = explain({ software: other, vulnerability: 'CVE-2024-0519' }, indexOf());
    expect(notJudged).toMatchObject({ notJudged: 'no_matcher' });
  });
});

describe.each(['debian', 'ubuntu', 'rpm-distribution', 'windows', 'apple', 'desktop'])(
  'in the corpus of %s',
  (name) => {
    const read = (file: string) =>
      readFileSync(new URL(`../../corpus/${file}.ndjson`, import.meta.url), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
    const index = createMemoryIndex();
    for (const { vulnerability, isDerived, ...fields } of read(`${name}.advisories`)) {
      const affected: Affected = { scheme: 'dpkg', statement: 'ranges', ranges: [], ...fields };
      const id = `${affected.key}/${vulnerability}`;
      index.add({ feed: 'corpus', id, vulnerabilities: [vulnerability], aliases: [], affected: [affected], isDerived });
    }

    test('an explanation comes to the verdict that judging gives', () => {
      for (const { software: fields } of read(name)) {
        const { source_package: sourcePackage = '', source_version: sourceVersion = '', ...rest } = fields;
        const software = softwareIdentity({
          source: 'deb_packages',
          arch: 'amd64',
          ...rest,
          sourcePackage,
          sourceVersion,
        });
        const { verdicts, notJudged } = judgeSoftware(software, index);
        for (const verdict of verdicts) {
          expect(explain({ software, vulnerability: verdict.vulnerability }, index).verdict).toEqual(verdict);
        }
        expect(explain({ software, vulnerability: 'CVE-1' }, index).notJudged).toEqual(notJudged);
      }
    });
  },
);
