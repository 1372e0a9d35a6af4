import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderBounds } from './bound-order.ts';
import { compareVersions } from './compare-versions.ts';
import { schemeNames } from './schemes.ts';

const version = fc.stringMatching(/^[0-9]{1,2}(?:[.-][0-9]{1,2}|rc1|~b){0,3}$/);

test('places compare as the versions do, in every scheme', () => {
  fc.assert(
    fc.property(fc.constantFrom(...schemeNames), fc.array(version), version, (scheme, bounds, own) => {
      const { places, order } = orderBounds(scheme, new Set(bounds));
      const place = order.placeIn(own);
      for (const bound of bounds) {
        const placeOfBound = places.get(bound);
        const expected = compareVersions(scheme, own, bound);
        if (typeof expected === 'number') expect(Math.sign(Number(place) - Number(placeOfBound))).toBe(expected);
        else
          expect(expected.side === 'a' ? place : placeOfBound).toEqual(
            expected.side === 'a' ? expect.anything() : null,
          );
      }
    }),
  );
});
