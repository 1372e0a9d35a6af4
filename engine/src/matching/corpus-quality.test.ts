import { expect, test } from 'vitest';
import { qualityOf } from './corpus-quality.ts';

test('a missed one lowers recall, a wrong one precision, and unknown is no call', () => {
  const expected = { a: 'affected', b: 'affected', c: 'not_affected', d: 'affected' };
  const given = { a: 'affected', b: 'unknown', c: 'affected', d: 'affected', e: 'affected' };
  const { precision, recall, f1 } = qualityOf([{ expected, given }]);
  expect({ precision, recall }).toEqual({ precision: 0.5, recall: 2 / 3 });
  expect(f1).toBeCloseTo(4 / 7);
});
