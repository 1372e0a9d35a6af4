import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePurl } from './parse-purl.ts';
import { toPurl } from './to-purl.ts';

const of = (text: string) => {
  const parsed = parsePurl(text);
  return parsed && { ...parsed, qualifiers: Object.fromEntries(parsed.qualifiers) };
};

test('the parts of a package URL are read and decoded', () => {
  expect(of('pkg:deb/debian/libssl3@3.0.19-1~deb12u1?arch=amd64&upstream=openssl%401%3A2#doc')).toEqual({
    ...{ type: 'deb', namespace: 'debian', name: 'libssl3', version: '3.0.19-1~deb12u1' },
    qualifiers: { arch: 'amd64', upstream: 'openssl@1:2' },
  });
  expect(of('pkg:npm/%40angular/core@1.0')).toMatchObject({ namespace: '@angular', name: 'core', version: '1.0' });
  expect(of('pkg:npm/@angular/core')).toMatchObject({ namespace: '@angular', name: 'core', version: '' });
});

test('what is no package URL is none', () => {
  for (const text of ['', 'bash', 'pkg:', 'pkg:deb', 'pkg:deb/', 'pkg:deb/%zz@1']) expect(parsePurl(text)).toBeNull();
});

test('what we write of a package of a language is read back', () => {
  const words = fc.stringMatching(/^[a-z0-9@+ %?#~-]{1,12}$/);
  fc.assert(
    fc.property(words, words, (name, version) => {
      const fields = {
        arch: '',
        release: '',
        extensionId: '',
        sourcePackage: '',
        sourceVersion: '',
        distribution: null,
      };
      expect(of(toPurl({ source: 'rubygems', name, version, ...fields }))).toMatchObject({ name, version });
    }),
  );
});
