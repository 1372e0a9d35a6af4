import { expect, it } from 'vitest';
import { createLineSplitter } from './split-lines.ts';

it('cuts at newlines only, and inside of no character', () => {
  const split = createLineSplitter();
  const bytes = Buffer.from('one\ncaf\u00e9 \u2028 \r two\nthree');
  const lines = [...bytes].flatMap((byte) => split(Buffer.from([byte])));
  expect(lines).toEqual(['one', 'caf\u00e9 \u2028 \r two']);
});
