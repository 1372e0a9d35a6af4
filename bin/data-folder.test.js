import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { dataFolder, makeDataFolder } from './data-folder.js';

const user = { isRoot: false, home: '/home/ada' };

it('is the one of the environment, if it names one', () => {
  expect(dataFolder({ ...user, environment: { FLOTILLA_DATA_DIR: '/data', XDG_DATA_HOME: '/xdg' } })).toBe('/data');
});

it('is of the system for root and of the person for anyone else', () => {
  expect(dataFolder({ environment: {}, isRoot: true, home: '/root' })).toBe('/var/lib/flotilla');
  expect(dataFolder({ ...user, environment: {} })).toBe('/home/ada/.local/share/flotilla');
  expect(dataFolder({ ...user, environment: { XDG_DATA_HOME: '/xdg' } })).toBe('/xdg/flotilla');
  expect(dataFolder({ ...user, environment: { XDG_DATA_HOME: 'relative' } })).toBe('/home/ada/.local/share/flotilla');
});

it('is made so that others can at most pass through', () => {
  const parent = mkdtempSync(join(tmpdir(), 'flotilla-bin-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  makeDataFolder(join(parent, 'a', 'user'), false);
  makeDataFolder(join(parent, 'a', 'root'), true);
  expect(statSync(join(parent, 'a', 'user')).mode & 0o777).toBe(0o700);
  expect(statSync(join(parent, 'a', 'root')).mode & 0o777).toBe(0o711);
});
