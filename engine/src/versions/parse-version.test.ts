import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseVersion } from './parse-version.ts';
import type { VersionScheme } from './scheme.ts';
import { schemeNames, schemes } from './schemes.ts';

test('a kept answer is the one the scheme gives, however often it is asked', () => {
  const text = fc.stringMatching(/^[0-9a-z.~+:-]{0,12}$/);
  fc.assert(
    fc.property(fc.constantFrom(...schemeNames), text, (name, version) => {
      const plain = (schemes[name] as VersionScheme).parse(version);
      expect(parseVersion(name, version)).toEqual(plain);
      expect(parseVersion(name, version)).toEqual(plain);
    }),
  );
});

test('one text is parsed for each scheme by itself', () => {
  expect(parseVersion('npm', '1.0')).toHaveProperty('problem');
  expect(parseVersion('dpkg', '1.0')).not.toHaveProperty('problem');
});
