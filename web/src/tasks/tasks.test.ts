import { expect, test } from 'vitest';
import { stagesBehind, stagesOf } from './stages.ts';
import { stateName, stateTone, stateWord, taskSentence, taskTitle } from './task-words.ts';

const task = {
  kind: 'install' as const,
  state: 'queued' as const,
  step: null,
  reason: '',
  cancel_requested: false,
  on_hold: false,
};

test('a task says what it waits for, and the server knows better', () => {
  expect(taskSentence(task)).toBe('Waiting for the host to take it');
  expect(taskSentence(task, true)).toBe('Waiting for the host to come back');
  expect(taskSentence({ ...task, state: 'reported' })).toContain('waiting for its inventory');
  expect(taskSentence({ ...task, reason: 'tries again at noon' })).toBe('Tries again at noon');
  expect(taskSentence({ ...task, on_hold: true })).toBe('On hold, as its rollout is paused or halted');
  expect(taskSentence({ ...task, state: 'running', cancel_requested: true })).toContain('Being cancelled');
  expect(taskSentence({ ...task, state: 'failed', cancel_requested: true, reason: 'Exit code 1' })).toBe('Exit code 1');
});

test('a word for where it is, from the step while it runs', () => {
  expect(stateWord({ kind: 'install', state: 'running', step: 'downloading' })).toBe('Downloading');
  expect(stateWord({ kind: 'uninstall', state: 'verified', step: null })).toBe('Uninstalled');
  expect(stateName('install', 'verified')).toBe('Installed');
  expect(stateName('script', 'brand_new')).toBe('brand new');
});

test('only what is over has the colour of an end', () => {
  expect([stateTone('verified'), stateTone('lost'), stateTone('cancelled'), stateTone('offered')]).toEqual([
    'good',
    'bad',
    undefined,
    'busy',
  ]);
});

test('stages count up to all of them, and a task that failed left the way', () => {
  const install = (
    state: 'queued' | 'offered' | 'running' | 'reported' | 'verified' | 'failed',
    step: 'installing' | null,
  ) => stagesBehind({ kind: 'install', state, step });
  expect([
    install('queued', null),
    install('offered', null),
    install('running', null),
    install('running', 'installing'),
    install('reported', null),
    install('verified', null),
    install('failed', null),
  ]).toEqual([0, 1, 2, 3, 4, stagesOf('install').length, null]);
  expect(stagesBehind({ kind: 'script', state: 'verified', step: null })).toBe(4);
});

test('a task is named by what it does', () => {
  expect(taskTitle({ kind: 'install', title: 'htop', version: '3.2' })).toBe('Install htop 3.2');
  expect(taskTitle({ kind: 'uninstall', title: 'htop', version: '3.2' })).toBe('Uninstall htop');
  expect(taskTitle({ kind: 'script', title: '', version: '' })).toBe('Run a script');
});
