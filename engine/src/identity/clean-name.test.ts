import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanWords, squeeze } from './clean-name.ts';

describe('a name without what is no part of it', () => {
  test.each([
    ['Mozilla Firefox (x64 en-US)', '121.0', 'mozilla firefox'],
    ['Mozilla Firefox 121.0 (x64 de)', '121.0', 'mozilla firefox'],
    ['7-Zip 24.08 (x64 edition)', '24.08.00.0', '7-zip'],
    ['WinRAR 6.24 (64-bit)', '6.24.0', 'winrar'],
    ['Wireshark 4.2.6 64-bit', '4.2.6', 'wireshark'],
    ['Zoom(64bit)', '5.15', 'zoom'],
    ['Intel® Driver & Support Assistant', '23.4', 'intel driver & support assistant'],
    ['calibre 64bit', '7.2.0', 'calibre'],
    ['Git version 2.43.0', '2.43.0', 'git'],
    ['openssl@1.1', '1.1.1w', 'openssl'],
    ['Google Chrome.app', '120', 'google chrome'],
    ['PC Manager (Beta)', '3.8', 'pc manager beta'],
    ['3.7', '3.7', ''],
    ['1Password', '8', '1password'],
    ['微信', '3.8', '微信'],
    ['ＶＬＣ media player', '3', 'vlc media player'],
  ])('%s', (name, version, words) => {
    expect(cleanWords(name, version).join(' ')).toBe(words);
  });

  test('cleaning what is clean changes nothing, and squeezing neither', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
        expect(squeeze(squeeze(name))).toBe(squeeze(name));
        const words = cleanWords(name, '');
        expect(cleanWords(words.join(' '), '').length).toBeLessThanOrEqual(words.length);
      }),
    );
  });

  test('spellings of one product are one', () => {
    expect(['visual_studio_code', 'Visual Studio Code', 'visual-studio-code'].map(squeeze)).toEqual(
      Array(3).fill('visualstudiocode'),
    );
    expect(squeeze('notepad++')).not.toBe(squeeze('notepad'));
  });
});
