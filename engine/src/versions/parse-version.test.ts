import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBound, parseVersion } from './parse-version.ts';
import type { VersionScheme } from './scheme.ts';
import { schemeNames, schemes } from './schemes.ts';

test('a kept answer is the one the scheme gives, however often it is asked', () => {
  const text = fc.stringMatching(/^[0-9a-z.~+:-]{0,12}$/);
  fc.assert(
    fc.property(fc.constantFrom(...schemeNames), text, (name, version) => {
      const plain = (schemes[name] as VersionScheme).parse(version);
      for (const parse of [parseVersion, parseBound]) {
        expect(parse(name, version)).toEqual(plain);
        expect(parse(name, version)).toEqual(plain);
      }
    }),
  );
});

test('one text is parsed for each scheme by itself', () => {
  for (const parse of [parseVersion, parseBound]) {
    expect(parse('npm', '1.0')).toHaveProperty('problem');
    expect(parse('dpkg', '1.0')).not.toHaveProperty('problem');
  }
});
