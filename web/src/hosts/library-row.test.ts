import type { HostTitle } from '@flotilla/contract/host-software';
import type { Task } from '@flotilla/contract/tasks';
import { expect, test } from 'vitest';
import { actionsOf, actionWord, differs, statusWord, tellingTask, withTasks } from './library-row.ts';

const installed = (version: string) => ({ version, vulnerabilities: null, installed_paths: [] });
const title = (changes: Partial<HostTitle> = {}) =>
  ({
    id: 7,
    status: null,
    software_package: { version: '2.0' },
    installed_versions: [],
    ...changes,
  }) as unknown as HostTitle;
const task = (changes: Partial<Task>) => ({ title_id: 7, kind: 'install', is_over: true, ...changes }) as Task;
const actions = (changes: Partial<HostTitle>, isOlder = false) =>
  actionsOf({ title: title(changes), task: undefined }, isOlder);

test('what can be done follows from what is there', () => {
  expect(actions({})).toEqual(['install']);
  expect(actions({ installed_versions: [installed('2.0')] })).toEqual(['reinstall', 'uninstall']);
  expect(actions({ installed_versions: [installed('1.0')] }, true)).toEqual(['update', 'uninstall']);
  expect(actions({ installed_versions: [installed('3.0')] })).toEqual(['other', 'uninstall']);
  expect(actions({ status: 'failed_install' })).toEqual(['retry_install']);
  expect(actions({ status: 'failed_uninstall', installed_versions: [installed('2.0')] })[0]).toBe('retry_uninstall');
});

test('nothing is offered while something is under way, or without a package', () => {
  expect(actions({ status: 'pending_install' })).toEqual([]);
  expect(actionsOf({ title: title(), task: task({ is_over: false }) }, false)).toEqual([]);
  expect(actions({ software_package: null })).toEqual([]);
});

test('the newest task about a title counts, and scripts are about none', () => {
  const tasks = [
    task({ kind: 'script', id: 'a' }),
    task({ id: 'b' }),
    task({ id: 'c' }),
    task({ title_id: 8, id: 'd' }),
  ];
  expect(withTasks([title()], tasks)[0]?.task?.id).toBe('b');
});

test('a task that ended well tells nothing once the host changed again', () => {
  const done = task({ state: 'verified' });
  expect(tellingTask({ title: title({ installed_versions: [installed('2.0')] }), task: done })).toBe(done);
  expect(tellingTask({ title: title(), task: done })).toBeUndefined();
  expect(tellingTask({ title: title(), task: task({ state: 'verified', kind: 'uninstall' }) })).toBeDefined();
  expect(tellingTask({ title: title(), task: task({ state: 'failed' }) })).toBeDefined();
});

test('another version is named on the button when nobody can tell which is newer', () => {
  expect(differs(title({ installed_versions: [installed('1.0'), installed('2.0')] }))).toBe(false);
  expect(actionWord('other', '2.0')).toBe('Install 2.0');
});

test('a state without a task says whether it is there', () => {
  expect(statusWord(title())).toBe('Not installed');
  expect(statusWord(title({ installed_versions: [installed('1.0')] }))).toBe('Installed');
  expect(statusWord(title({ status: 'failed_uninstall' }))).toBe('Uninstallation failed');
});
