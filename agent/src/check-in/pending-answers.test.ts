import { expect, it } from 'vitest';
import { answered } from '../osquery/answer.ts';
import { createPendingAnswers } from './pending-answers.ts';

it('keeps answers until they arrived, and a newer one to the same query after that', () => {
  const pending = createPendingAnswers();
  pending.add([['one', answered('[1]')]]);
  const sent = pending.next();
  pending.add([['one', answered('[2]')]]);
  pending.remove(sent);
  expect(pending.next().get('one')?.rows).toBe('[2]');
  pending.remove(pending.next());
  expect(pending.isEmpty()).toBe(true);
});

it('splits what is too large for one call', () => {
  const pending = createPendingAnswers();
  const large = `["${'x'.repeat(10_000_000)}"]`;
  pending.add(['one', 'two', 'three'].map((name) => [name, answered(large)]));
  for (const name of ['one', 'two', 'three']) {
    expect([...pending.next().keys()]).toEqual([name]);
    pending.remove(pending.next());
  }
});
