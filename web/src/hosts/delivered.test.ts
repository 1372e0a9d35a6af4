import { expect, test } from 'vitest';
import { isDelivered } from './delivered.ts';

test('a phone cannot be asked, a computer can', () => {
  expect(['ios', 'ipados', 'android', 'darwin', 'debian', ''].map((platform) => isDelivered({ platform }))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
