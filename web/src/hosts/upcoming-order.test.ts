import type { Task } from '@flotilla/contract/tasks';
import { expect, test } from 'vitest';
import { inOrder } from './upcoming-order.ts';

const task = (id: string, is_over = false) => ({ id, is_over }) as Task;

test('tasks stand in the order of the queue, what it does not name yet last, what is over not at all', () => {
  const tasks = [task('new'), task('c'), task('over', true), task('b'), task('a')];
  const queue = ['b', 'a', 'c'].map((uuid) => ({ uuid }));
  expect(inOrder(tasks, queue).map(({ id }) => id)).toEqual(['b', 'a', 'c', 'new']);
});

test('without a queue the oldest comes first', () => {
  expect(inOrder([task('new'), task('old')], []).map(({ id }) => id)).toEqual(['old', 'new']);
});
