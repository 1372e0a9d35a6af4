import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Affected } from '../advisories/advisory.ts';
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
