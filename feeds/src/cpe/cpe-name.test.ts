import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyOf, parseCpeName } from './cpe-name.ts';

const read = (text: string) => {
  const name = parseCpeName(text);
  return typeof name === 'string' ? name : { ...name, key: keyOf(name) };
};

describe('a CPE 2.3 name', () => {
  test('is read attribute by attribute, in lower case and without escapes', () => {
    expect(read(String.raw`cpe:2.3:a:Notepad-plus-plus:notepad\+\+:8.5.3:rc1:*:*:*:Windows:x64:*`)).toEqual({
      ...{ part: 'a', vendor: 'notepad-plus-plus', product: 'notepad++', version: '8.5.3' },
      variant: { update: 'rc1', targetSoftware: 'windows', targetHardware: 'x64' },
      key: 'cpe:a:notepad-plus-plus:notepad++',
    });
  });

  test.each([
    [String.raw`cpe:2.3:a:perl:perl\:\:dbi:1.0:*:*:*:*:*:*:*`, { key: 'cpe:a:perl:perl%3a%3adbi', version: '1.0' }],
    [String.raw`cpe:2.3:a:v:back\\:1:*:*:*:*:*:*:*`, { product: 'back\\', version: '1' }],
    [String.raw`cpe:2.3:a:v:p:1.0\+build\.5:*:*:*:*:*:*:*`, { version: '1.0+build.5' }],
    ['cpe:2.3:o:microsoft:windows_10:-:*:*:*:*:*:*:*', { part: 'o', version: '-', variant: null }],
    [String.raw`cpe:2.3:a:v:p:1.\*:*:*:*:*:*:*:*`, { version: '1.*' }],
    ['cpe:2.3:a:v:p:1.0:-:*:*:*:*:*:*', { variant: { update: '-' } }],
  ])('%s', (text, expected) => expect(read(text)).toMatchObject(expected));

  test.each([
    ['cpe:/a:google:chrome', 'no CPE 2.3 name'],
    ['cpe:2.3:a:google:chrome:1', 'no CPE 2.3 name'],
    ['cpe:2.3:a:*:chrome:1:*:*:*:*:*:*:*', 'names no product'],
    ['cpe:2.3:x:google:chrome:1:*:*:*:*:*:*:*', 'names no product'],
    ['cpe:2.3:a:google:chrome:4.2*:*:*:*:*:*:*:*', 'its version is a pattern'],
  ])('%s is none: %s', (text, problem) => expect(read(text)).toBe(`${text}: ${problem}`));

  test('any product comes back, whatever characters it has', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abz09.-_+:\\*?!~'), minLength: 1 });
    const usable = word.filter((text) => text !== '-');
    fc.assert(
      fc.property(usable, usable, (product, version) => {
        const escaped = [product, version].map((text) => text.replace(/[^a-z0-9_]/g, String.raw`\$&`));
        const name = parseCpeName(`cpe:2.3:a:vendor:${escaped.join(':')}:*:*:*:*:*:*:*`);
        expect(name).toMatchObject({ product, version });
      }),
    );
  });
});
