import { expect, test } from 'vitest';
import { librarySentence, tileParts, tilesOf } from './library-words.ts';
import { fileTrouble, uploadForm, uploadWords } from './upload-words.ts';

test('an upload says bytes and percent, and then what it waits for', () => {
  expect(uploadWords({ sent: 0, total: 0 })).toBe('Starting');
  expect(uploadWords({ sent: 12 * 1024 ** 2, total: 45 * 1024 ** 2 })).toBe('12.0 MiB of 45.0 MiB sent, 27 %');
  expect(uploadWords({ sent: 2048, total: 2048 })).toContain('waiting for the server');
});

test('a file that cannot be a package is told before it travels', () => {
  expect(fileTrouble({ name: 'htop.rpm', size: 5 })).toContain('not a .deb file');
  expect(fileTrouble({ name: 'htop.DEB', size: 0 })).toBe('htop.DEB is empty');
  expect(fileTrouble({ name: 'htop.deb', size: 5 })).toBe('');
});

test('the file is the last part of the form, and empty scripts are left out', () => {
  const form = uploadForm(new File(['x'], 'a.deb'), { install_script: 'true', uninstall_script: '  ' });
  expect([...form.keys()]).toEqual(['install_script', 'software']);
});

test('tiles add installs and uninstalls, and say so when there are both', () => {
  const status = {
    installed: 5,
    pending_install: 2,
    failed_install: 1,
    pending_uninstall: 1,
    failed_uninstall: 0,
  };
  expect(tilesOf(status)).toEqual({ installed: 5, pending: 3, failed: 1 });
  expect([tileParts(2, 1), tileParts(2, 0)]).toEqual(['2 to install, 1 to uninstall', '']);
});

test('the library opens with what can be installed', () => {
  expect([librarySentence(undefined, undefined), librarySentence(0, undefined), librarySentence(1, 'ht')]).toEqual([
    '',
    'Nothing can be installed yet',
    '1 title matches “ht”',
  ]);
});
