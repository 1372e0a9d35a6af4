import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';
import { type ConnectionSettings, connect } from '../db/connect.ts';
import type { Db } from '../db/database.ts';
import { createLog } from '../log.ts';

export const TEMPLATE = 'flotilla_template';

export interface TestDatabase {
  db: Db;
  connection: Exclude<ConnectionSettings, { connectionString: string }>;
}

/** Takes what has to be done when the test, or the group of tests, is over. */
export type AtEnd = (cleanUp: () => Promise<void>) => void;

/** A migrated, empty database of its own for the running test; it is dropped when the test ends. */
export async function createTestDatabase(atEnd: AtEnd = onTestFinished, template = TEMPLATE): Promise<TestDatabase> {
  const server = inject('postgres');
  const database = `test_${randomUUID().replaceAll('-', '')}`;
  await cloneDatabase(server, { template, database });
  const connection = { ...server, database };
  const db = connect(connection, createLog('error'), 10);
  atEnd(async () => {
    await db.destroy();
    await onServer(server, `drop database ${database} with (force)`);
  });
  return { db, connection };
}

/** File by file, which is faster than through the log for as small a database as these. */
export function cloneDatabase(server: pg.ClientConfig, { template, database }: { template: string; database: string }) {
  return onServer(server, `create database ${database} template ${template} strategy file_copy`);
}

async function onServer(server: pg.ClientConfig, statement: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
