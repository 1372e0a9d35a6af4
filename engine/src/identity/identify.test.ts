import { describe, expect, test } from 'vitest';
import { type SoftwareIdentity, softwareIdentity } from '../matching/software-identity.ts';
import { cpeText } from './cpe-text.ts';
import { identify } from './identify.ts';
import { knownCpeNames } from './known-cpe-names.ts';

const of = (
  fields: Pick<SoftwareIdentity, 'source' | 'name' | 'version'> & Partial<SoftwareIdentity>,
  distribution: { family: string; key: string } | null = null,
) => {
  const { cpes, ...rest } = identify(softwareIdentity(fields), { names: knownCpeNames, distribution });
  return { ...rest, cpes: cpes.map(cpeText) };
};
const debian = { family: 'debian', key: 'debian-12' };

describe('identifying software', () => {
  test('a Debian package is what it was built from, without the mark of a rebuild', () => {
    const libssl = { source: 'deb_packages', name: 'libssl3', version: '3.0.11-1+b2', sourcePackage: 'openssl' };
    expect(of(libssl, debian)).toEqual({
      purl: 'pkg:deb/debian/libssl3@3.0.11-1%2Bb2?distro=debian-12&upstream=openssl',
      sourcePackage: { name: 'openssl', version: '3.0.11-1' },
      ...{ cpes: [], confidence: 'high', rule: null },
    });
  });

  test('an rpm names the file of its source package', () => {
    const libs = { source: 'rpm_packages', name: 'openssl-libs', version: '3.0.7', release: '24.el9' };
    expect(of({ ...libs, sourcePackage: 'openssl-3.0.7-24.el9.src.rpm' }).sourcePackage).toEqual({
      name: 'openssl',
      version: '3.0.7-24.el9',
    });
  });

  test('packages of distributions and languages never have a CPE', () => {
    for (const source of ['deb_packages', 'rpm_packages', 'apk_packages', 'python_packages', 'npm_packages']) {
      expect(of({ source, name: 'firefox', version: '1.0' }).cpes).toEqual([]);
    }
  });

  test('a rule names the program, and says which rule', () => {
    const seven = { source: 'programs', name: '7-Zip 22.01 (x64)', version: '22.01', vendor: 'Igor Pavlov' };
    expect(of(seven)).toMatchObject({
      cpes: ['cpe:2.3:a:7-zip:7-zip:22.01:*:*:*:*:windows:*:*', 'cpe:2.3:a:7-zip:7zip:22.01:*:*:*:*:windows:*:*'],
      confidence: 'high',
      rule: '7-zip',
    });
  });

  test('what is never matched has no name, and the rule that says so', () => {
    const canary = {
      source: 'apps',
      name: 'Google Chrome Canary',
      version: '122.0',
      bundleIdentifier: 'com.google.Chrome.canary',
    };
    expect(of(canary)).toMatchObject({ cpes: [], confidence: null, rule: 'chrome-channels' });
  });
});

describe('without a rule', () => {
  const program = (name: string, vendor: string, version = '1.0') => of({ source: 'programs', name, vendor, version });
  test('a name that data have is taken when the maker agrees', () => {
    expect(program('Okular', 'KDE e.V.')).toMatchObject({
      cpes: ['cpe:2.3:a:kde:okular:1.0:*:*:*:*:windows:*:*'],
      confidence: 'medium',
      rule: null,
    });
    expect(program('Snagit 2024', 'TechSmith Corporation', '24.2.1').cpes).toEqual([
      'cpe:2.3:a:techsmith:snagit:24.2.1:*:*:*:*:windows:*:*',
    ]);
  });

  test.each([
    ['Helm', 'Matt Tytel', 'helm:helm packs for Kubernetes'],
    ['Dolphin', 'Dolphin Team', 'boonex:dolphin is a web program'],
    ['Tesseract', 'Tesseract team', 'NVD knows no maker of tesseract_project:tesseract'],
    ['Okular', 'Somebody Else', 'the maker is another'],
    ['PC Manager (Beta)', 'Microsoft Corporation', 'another channel is another product'],
    ['Zorblax Manager', 'Zorblax', 'other makers have a product called manager'],
  ])('%s by %s is not guessed: %s', (name, vendor) => {
    expect(program(name, vendor)).toMatchObject({ cpes: [], confidence: null, rule: null });
  });

  test('an extension is no program of the same name', () => {
    const extension = { source: 'chrome_extensions', name: 'Spotify', version: '1.0', vendor: 'Spotify' };
    expect(of(extension).cpes).toEqual([]);
  });

  test('a formula with a name alone is taken only when one vendor is called by it', () => {
    const formula = (name: string) => of({ source: 'homebrew_packages', name, version: '1.2_1' });
    expect(formula('electrum')).toMatchObject({
      cpes: ['cpe:2.3:a:electrum:electrum:1.2:*:*:*:*:macos:*:*'],
      confidence: 'low',
    });
    expect(formula('druid').cpes).toEqual([]);
    expect(formula('act').cpes).toEqual([]);
    expect(formula('hub').cpes).toEqual([]);
  });
});
