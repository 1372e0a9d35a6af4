import { expect, test } from 'vitest';
import { bytes, capital, counted, inSentence, listed, percent } from './words.ts';

test('counts agree with their noun', () => {
  expect([counted(0, 'host'), counted(1, 'host'), counted(12480, 'host')]).toEqual([
    '0 hosts',
    '1 host',
    '12,480 hosts',
  ]);
  expect(counted(2, 'entry', 'entries')).toBe('2 entries');
});

test('bytes are written in their largest unit', () => {
  expect([bytes(0), bytes(1024), bytes(25276502016)]).toEqual(['0 bytes', '1.0 KiB', '23.5 GiB']);
});

test('lists read like a sentence', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
});

test('a share is never rounded to nothing or to everything', () => {
  expect([percent(0, 3), percent(1, 3), percent(1, 1000), percent(999, 1000), percent(3, 3), percent(1, 0)]).toEqual([
    '0 %',
    '33 %',
    '< 1 %',
    '> 99 %',
    '100 %',
    '0 %',
  ]);
});

test('a sentence starts with a capital', () => {
  expect(capital('online')).toBe('Online');
});

test('a title in the middle of a sentence keeps what is all capitals', () => {
  expect(['First found', 'CVSS', 'OS version'].map(inSentence)).toEqual(['first found', 'CVSS', 'OS version']);
});
