import { onTestFinished } from 'vitest';
import { type AtEnd, createTestDatabase, type TestDatabase } from '../kernel/testing/test-database.ts';

export const SET_UP_TEMPLATE = 'flotilla_set_up';

/** A database as set-up leaves it, with its administrator signed in; it is dropped when the test ends. */
export const createSetUpDatabase = (atEnd: AtEnd = onTestFinished): Promise<TestDatabase> =>
  createTestDatabase(atEnd, SET_UP_TEMPLATE);
