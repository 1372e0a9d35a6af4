import type { HostPolicy } from '@flotilla/contract/policies';
import { expect, test } from 'vitest';
import { policiesSentence, worstFirst } from './policy-sentence.ts';

const policy = (name: string, response: HostPolicy['response'], critical = false) =>
  ({ name, response, critical }) as HostPolicy;

test('what fails comes first, and of that what is critical', () => {
  const sorted = worstFirst([policy('a', 'pass'), policy('b', ''), policy('c', 'fail'), policy('d', 'fail', true)]);
  expect(sorted.map(({ name }) => name)).toEqual(['d', 'c', 'b', 'a']);
});

test('the tab opens with how many fail', () => {
  expect(policiesSentence([policy('a', 'fail'), policy('b', ''), policy('c', 'pass')])).toBe(
    '1 of 3 policies fails, 1 has no answer yet',
  );
  expect(policiesSentence([policy('a', 'pass')])).toBe('None of 1 policy fails');
  expect(policiesSentence([])).toBe('');
});
