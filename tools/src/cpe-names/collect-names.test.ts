import { expect, test } from 'vitest';
import { collectNames } from './collect-names.ts';
import { parseCpe } from './parse-cpe.ts';

test('a CPE name is unescaped', () => {
  expect(parseCpe('cpe:2.3:a:Notepad-plus-plus:notepad\\+\\+:8.6:*:*:*:*:windows:*:*')).toEqual({
    ...{ part: 'a', vendor: 'notepad-plus-plus', product: 'notepad++', targetSoftware: 'windows' },
  });
  expect(parseCpe('cpe:2.3:a:a\\:b:c:*:*:*:*:*:*:*:*').vendor).toBe('a:b');
});

test('the list has applications of desktops, and their target where data always name one', () => {
  const list = collectNames([
    'cpe:2.3:a:zoom:zoom:*:*:*:*:*:windows:*:*',
    'cpe:2.3:a:zoom:zoom:*:*:*:*:*:mac_os_x:*:*',
    'cpe:2.3:a:zoom:rooms:*:*:*:*:*:*:*:*',
    'cpe:2.3:a:grammarly:grammarly:*:*:*:*:*:chrome:*:*',
    'cpe:2.3:a:adobe:acrobat:*:*:*:*:*:chrome:*:*',
    'cpe:2.3:a:adobe:acrobat:*:*:*:*:*:-:*:*',
    'cpe:2.3:a:someone:gallery:*:*:*:*:*:wordpress:*:*',
    'cpe:2.3:o:apple:macos:*:*:*:*:*:*:*:*',
  ]);
  expect(list).toEqual({ adobe: 'acrobat', grammarly: 'grammarly~chrome', zoom: 'rooms zoom~macos~windows' });
});
