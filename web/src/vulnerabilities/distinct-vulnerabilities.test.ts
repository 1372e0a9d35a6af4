import { expect, test } from 'vitest';
import { distinctVulnerabilities } from './distinct-vulnerabilities.ts';

const of = (...lists: (string[] | null)[]) =>
  distinctVulnerabilities(lists.map((vulnerabilities) => ({ vulnerabilities })));

test('a vulnerability of two versions counts once, and not judged is not none', () => {
  expect(of(['A', 'B'], ['B'])).toEqual({ count: 2, judged: 'all' });
  expect(of(['A'], null)).toEqual({ count: 1, judged: 'some' });
  expect(of(null, null)).toEqual({ count: 0, judged: 'none' });
  expect(of([])).toEqual({ count: 0, judged: 'all' });
});
