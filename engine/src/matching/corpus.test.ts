import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import type { Affected } from '../advisories/advisory.ts';
import { type Quality, qualityOf } from './corpus-quality.ts';
import { judgeSoftware } from './judge-software.ts';
import { matchers } from './matchers.ts';
import { createMemoryIndex } from './memory-index.ts';
import { type SoftwareIdentity, softwareIdentity } from './software-identity.ts';

interface Statement extends Partial<Affected> {
  vulnerability: string;
  key: string;
  isDerived?: true;
}

type Reported = 'source_package' | 'source_version' | 'bundle_identifier' | 'extension_id' | 'extension_for';
type LabelledSoftware = Partial<SoftwareIdentity> & Partial<Record<Reported, string>>;

interface LabelledCase {
  why: string;
  software: LabelledSoftware;
  expect: Record<string, string>;
}

/** Distributions with few shapes of data. */
const small = new Set(['alpine', 'arch']);

const recorded = JSON.parse(readFileSync(new URL('../../corpus/quality.json', import.meta.url), 'utf8')) as Record<
  string,
  Quality
>;
const measured: Record<string, Quality> = {};
afterAll(() => console.table(measured));

const read = <T>(name: string): T[] =>
  readFileSync(new URL(`../../corpus/${name}.ndjson`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

const softwareOf = (fields: LabelledSoftware): SoftwareIdentity =>
  softwareIdentity({
    ...{ source: 'deb_packages', name: '', version: '', arch: 'amd64', ...fields },
    ...{ sourcePackage: fields.source_package ?? '', sourceVersion: fields.source_version ?? '' },
    ...{ bundleIdentifier: fields.bundle_identifier ?? '' },
    ...{ extensionId: fields.extension_id ?? '', extensionFor: fields.extension_for ?? '' },
  });

describe.each(Object.keys(matchers))('the corpus of %s', (matcher) => {
  const index = createMemoryIndex();
  for (const { vulnerability, key, isDerived, ...said } of read<Statement>(`${matcher}.advisories`)) {
    const affected: Affected = { key, scheme: 'dpkg', statement: 'ranges', ranges: [], ...said };
    const id = `${key}/${vulnerability}`;
    index.add({ feed: 'corpus', id, vulnerabilities: [vulnerability], aliases: [], affected: [affected], isDerived });
  }
  const cases = read<LabelledCase>(matcher);

  test('is large, and has every verdict', () => {
    expect(cases.length).toBeGreaterThanOrEqual(small.has(matcher) ? 30 : 60);
    const labels = new Set(cases.flatMap((each) => Object.values(each.expect)));
    expect([...labels].sort()).toEqual(['affected', 'not_affected', 'unknown']);
  });

  test('is judged no worse than is recorded in quality.json', () => {
    const judged = cases.map(({ software, expect: expected }) => {
      const { verdicts } = judgeSoftware(softwareOf(software), index);
      return { expected, given: Object.fromEntries(verdicts.map((each) => [each.vulnerability, each.verdict])) };
    });
    const quality = qualityOf(judged);
    measured[matcher] = quality;
    const wanted = recorded[matcher];
    expect(wanted, `${matcher} has no line in corpus/quality.json`).toBeDefined();
    for (const name of ['precision', 'recall', 'f1'] as const) {
      expect(quality[name], name).toBeGreaterThanOrEqual(wanted?.[name] ?? 1);
    }
  });

  test('no case lacks its labels', () => {
    expect(cases.filter(({ expect: labels, why }) => typeof labels !== 'object' || labels === null || !why)).toEqual(
      [],
    );
  });

  test.each(cases.map((each) => ({ ...each, named: `${each.software.name} ${each.software.version}` })))(
    '$named: $why',
    ({ software, expect: labels }) => {
      const { verdicts } = judgeSoftware(softwareOf(software), index);
      expect(Object.fromEntries(verdicts.map(({ vulnerability, verdict }) => [vulnerability, verdict]))).toEqual(
        labels,
      );
    },
  );
});
