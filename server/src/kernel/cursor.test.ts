import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.ts';

test('a cursor says what was put into it, to the order it belongs to', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.constant(null));
  fc.assert(
    fc.property(fc.string(), value, fc.nat(2_147_483_647), (order, last, id) => {
      const cursor = encodeCursor(order, { value: last, id });
      expect(decodeCursor(cursor, order)).toEqual({ value: last, id });
      expect(() => decodeCursor(cursor, `${order} desc`)).toThrow('Bad request');
    }),
  );
  expect(decodeCursor(undefined, 'name asc')).toBeNull();
});

test('what is no cursor is refused, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json().map((text) => Buffer.from(text).toString('base64url')),
      ),
      (text) => {
        expect(() => decodeCursor(text, 'name asc')).toThrow('Bad request');
      },
    ),
  );
});
