import fc from 'fast-check';
import { expect, test } from 'vitest';
import { softwareIdentity } from '../matching/software-identity.ts';
import type { CpeCandidate } from './cpe-candidate.ts';
import { cpeText } from './cpe-text.ts';
import { findCpes } from './find-cpes.ts';
import { knownCpeNames } from './known-cpe-names.ts';

const candidate: CpeCandidate = {
  ...{ part: 'a', vendor: 'notepad-plus-plus', product: 'notepad++', version: '8.6.9', isRewritten: false },
  ...{ variant: { targetSoftware: 'windows' }, stated: [], confidence: 'high', rule: null },
};

test('signs are escaped, what is not known is an asterisk, what is not there a hyphen', () => {
  expect(cpeText(candidate)).toBe('cpe:2.3:a:notepad-plus-plus:notepad\\+\\+:8.6.9:*:*:*:*:windows:*:*');
  const odd = { ...candidate, version: '1:2 (B)', variant: { softwareEdition: '-', targetSoftware: '*' } };
  expect(cpeText(odd)).toBe('cpe:2.3:a:notepad-plus-plus:notepad\\+\\+:1\\:2_\\(b\\):*:*:*:-:*:*:*');
});

/** A formatted string of NISTIR 7695, section 6.2, in lower case. */
const wellFormed = /^cpe:2\.3:[ao](?::(?:\*|-|(?:[a-z0-9._-]|\\[!-~])+)){10}$/;

test('whatever hosts report, names are well-formed', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('Google Chrome', '7-Zip 24.08', 'Okular', 'KDE e.V.', 'zoom', '3.12.8150.0', 'EAP IU-241.1'),
  );
  const source = fc.constantFrom('programs', 'apps', 'homebrew_packages', 'chrome_extensions', 'vscode_extensions');
  const software = fc.record({ source, name: text, version: text, vendor: text, bundleIdentifier: text });
  fc.assert(
    fc.property(software, (fields) => {
      const found = findCpes(softwareIdentity(fields), knownCpeNames);
      for (const each of 'never' in found ? [] : found) expect(cpeText(each)).toMatch(wellFormed);
    }),
    { numRuns: 2000 },
  );
});
