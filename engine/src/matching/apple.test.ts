import { expect, test } from 'vitest';
import { judgeSoftware, lookupKeysOf } from './judge-software.ts';
import { createMemoryIndex } from './memory-index.ts';
import { softwareIdentity } from './software-identity.ts';

const system = (vendor: string, version = '14.1.2') =>
  softwareIdentity({ kind: 'os', source: 'operating_systems', name: 'x', version, vendor });

test.each([
  ['darwin', ['apple:macos']],
  ['ios', ['apple:ios']],
  ['ipados', ['apple:ios']],
  ['tvos', []],
  ['toString', []],
])('a system of %s is looked up as %j', (vendor, keys) => expect(lookupKeysOf(system(vendor))).toEqual(keys));

test('what Apple says itself is certain; that older majors inherit it is not', () => {
  const index = createMemoryIndex();
  index.add({
    ...{ feed: 'sofa-macos', id: 'CVE-2026-65400', vulnerabilities: ['CVE-2026-65400'], aliases: [] },
    affected: [
      {
        ...{ key: 'apple:macos', scheme: 'apple', statement: 'ranges' },
        ranges: [{ fixed: '14.8.9' }, { introduced: '15', fixed: '15.7.9' }],
      },
    ],
  });
  const judge = (version: string) => judgeSoftware(system('darwin', version), index).verdicts[0];
  expect(judge('14.1.2')).toMatchObject({
    ...{ verdict: 'affected', fix: { version: '14.8.9', from: 'sofa-macos' } },
    evidence: { confidence: 'high', identity: { name: 'operating_system', version: 'as_reported' } },
  });
  expect(judge('13.7.8')).toMatchObject({ verdict: 'affected', evidence: { confidence: 'medium' } });
  expect(judge('15.7.8')).toMatchObject({ fix: { version: '15.7.9' }, evidence: { confidence: 'high' } });
});
