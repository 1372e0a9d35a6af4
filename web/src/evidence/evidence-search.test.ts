import { expect, test } from 'vitest';
import { evidenceOf, explainedIn, readEvidence } from './evidence-search.ts';

test('what is explained is the same after it was in an address', () => {
  const explained = { versionId: 7, cve: 'CVE-2024-0001' };
  expect(explainedIn(evidenceOf(explained))).toEqual(explained);
  expect(explainedIn('7:cve-2024-0001')).toEqual(explained);
});

test.each(['', '7', '7:', '0:CVE-2024-0001', 'x:CVE-2024-0001', '7:a b', '7:../x'])(
  '%j explains nothing',
  (evidence) => {
    expect(readEvidence({ evidence })).toEqual({ evidence: undefined });
  },
);
